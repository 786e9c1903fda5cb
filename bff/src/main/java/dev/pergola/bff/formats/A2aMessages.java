package dev.pergola.bff.formats;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.pergola.bff.agui.AgUiEvents;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What viewers have of the messages and artifacts of a task, each under its id there: of
 * what is told again, only what is new is handed on. Not for use by several threads.
 */
final class A2aMessages {

	private final Asked asked;

	private final Map<String, StringBuilder> told = new LinkedHashMap<>();

	/** Files and data of each, in their order. */
	private final Map<String, List<JsonNode>> files = new LinkedHashMap<>();

	private final Set<String> open = new LinkedHashSet<>();

	private List<ObjectNode> events = new ArrayList<>();

	A2aMessages(Asked asked) {
		this.asked = asked;
	}

	/** What was written since the last time. */
	List<ObjectNode> take() {
		List<ObjectNode> taken = this.events;
		this.events = new ArrayList<>();
		return taken;
	}

	void add(List<ObjectNode> more) {
		this.events.addAll(more);
	}

	/** All there is of a message; what changed is restated. */
	void whole(String id, JsonNode parts, String contextId) {
		String text = text(parts);
		String before = this.told.getOrDefault(id, new StringBuilder()).toString();
		if (text.startsWith(before)) {
			more(id, text.substring(before.length()), contextId);
		}
		else {
			restate(id, text);
		}
		files(id, parts, 0);
	}

	/** More of a message. */
	void append(String id, JsonNode parts, String contextId) {
		more(id, text(parts), contextId);
		files(id, parts, this.files.getOrDefault(id, List.of()).size());
	}

	void close(String id) {
		if (this.open.remove(id)) {
			this.events.add(AgUiEvents.textEnd(name(id)));
		}
	}

	void closeAll() {
		List.copyOf(this.open).reversed().forEach(this::close);
	}

	static String text(JsonNode parts) {
		StringBuilder text = new StringBuilder();
		for (JsonNode part : parts) {
			text.append(Json.text(part, "text"));
		}
		return text.toString();
	}

	private void more(String id, String text, String contextId) {
		if (text.isEmpty()) {
			return;
		}
		if (this.open.add(id)) {
			ObjectNode start = AgUiEvents.textStart(name(id));
			if (!contextId.isEmpty()) {
				A2aContext.put(start, contextId);
			}
			this.events.add(start);
		}
		this.told.computeIfAbsent(id, (key) -> new StringBuilder()).append(text);
		this.events.add(AgUiEvents.textContent(name(id), text));
	}

	// Text that was replaced cannot be streamed: deltas only add.
	private void restate(String id, String text) {
		close(id);
		this.told.put(id, new StringBuilder(text));
		ObjectNode snapshot = AgUiEvents.event("MESSAGES_SNAPSHOT");
		ArrayNode messages = snapshot.putArray("messages");
		this.asked.messages().forEach((message) -> messages.add(message.deepCopy()));
		this.told.forEach((key, words) -> messages.addObject()
			.put("id", name(key))
			.put("role", "assistant")
			.put("content", words.toString()));
		this.events.add(snapshot);
	}

	/** Files and data: AG-UI's text messages hold none. */
	private void files(String id, JsonNode parts, int first) {
		List<JsonNode> known = this.files.computeIfAbsent(id, (key) -> new ArrayList<>());
		int number = first;
		for (JsonNode part : parts) {
			if (!part.path("text").isString()) {
				file(id, part, number++, known);
			}
		}
	}

	private void file(String id, JsonNode part, int number, List<JsonNode> known) {
		if (number < known.size() && known.get(number).equals(part)) {
			return;
		}
		if (number < known.size()) {
			known.set(number, part);
		}
		else {
			known.add(part);
		}
		ObjectNode event = AgUiEvents.event("ACTIVITY_SNAPSHOT")
			.put("messageId", name(id) + "-" + number)
			.put("activityType", "a2a.part");
		event.set("content", part.deepCopy());
		this.events.add(event);
	}

	// The agent's ids are unique in a task only.
	private String name(String id) {
		return this.asked.runId() + "-" + id;
	}

}
