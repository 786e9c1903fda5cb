package dev.pergola.bridge.driver.claude;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import dev.pergola.bridge.agui.EventWriter;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Subagents, as Claude reports them. One that works in the background outlives the turn
 * that started it, and its end starts another turn: until then the run is not over.
 */
final class ClaudeTasks {

	private final EventWriter writer;

	/** Call that started it, by the id of the task. */
	private final Map<String, String> live = new HashMap<>();

	private final Set<String> background = new HashSet<>();

	private final Set<String> unheard = new HashSet<>();

	ClaudeTasks(EventWriter writer) {
		this.writer = writer;
	}

	/** Calls whose subagent tells its end by itself. */
	Set<String> calls() {
		return new HashSet<>(this.live.values());
	}

	/** Call of the subagent that asks for something, {@code null} where none does. */
	@Nullable String call(JsonNode request) {
		return this.live.get(request.path("agent_id").asString(""));
	}

	/** Whether a subagent works in the background. */
	boolean areWorking() {
		return !this.background.isEmpty();
	}

	/** Whether the agent has not yet taken up the end of a subagent. */
	boolean areUnheard() {
		return !this.unheard.isEmpty();
	}

	void started(ObjectNode line) {
		if (!isSubagent(line) || line.path("ambient").asBoolean(false)) {
			return;
		}
		String task = line.path("task_id").asString("");
		String call = line.path("tool_use_id").asString(task);
		this.live.put(task, call);
		if (line.path("is_backgrounded").asBoolean(false)) {
			this.background.add(task);
		}
		this.writer.subagent(call, line.path("subagent_type").asString("subagent"),
				line.path("description").asString(""), call);
	}

	/** All that works in the background now. */
	void working(ObjectNode line) {
		this.background.clear();
		for (JsonNode task : line.path("tasks")) {
			if (isSubagent(task) && !task.path("ambient").asBoolean(false)) {
				this.background.add(task.path("task_id").asString(""));
			}
		}
	}

	void ended(ObjectNode line) {
		String task = line.path("task_id").asString("");
		if (this.background.remove(task)) {
			this.unheard.add(line.path("run_id").asString(task));
		}
		String call = this.live.remove(task);
		if (call == null) {
			return;
		}
		this.writer.endSubagent(call, switch (line.path("status").asString("")) {
			case "failed" -> "The subagent failed.";
			case "stopped" -> "The subagent was stopped.";
			default -> null;
		});
	}

	/** A turn ended that the end of a subagent had started. */
	void takenUp(ObjectNode result) {
		this.unheard.remove(result.path("origin").path("runId").asString(""));
	}

	/** Nothing of the kind goes on, whatever was said before. */
	void forget() {
		this.live.clear();
		this.background.clear();
		this.unheard.clear();
	}

	private static boolean isSubagent(JsonNode task) {
		return task.path("task_type").asString("").equals("local_agent") || task.hasNonNull("subagent_type");
	}

}
