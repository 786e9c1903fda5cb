package dev.pergola.bridge.driver.claude;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import dev.pergola.bridge.agui.EventWriter;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tells what Claude says: the pieces of its messages as they come, finished messages only
 * where no pieces of them came, and what tools answered.
 */
final class ClaudeEvents {

	private final EventWriter writer;

	private final ClaudeUsage usage;

	private final Map<String, Speaker> speakers = new HashMap<>();

	private final Set<String> streamed = new HashSet<>();

	private final Map<String, Integer> finishedBlocks = new HashMap<>();

	private boolean saidSomething;

	private boolean endedTurn;

	ClaudeEvents(EventWriter writer, ClaudeUsage usage) {
		this.writer = writer;
		this.usage = usage;
	}

	/** Forgets what only the run before needed. */
	void begin() {
		this.saidSomething = false;
		this.endedTurn = false;
	}

	/** Another turn begins, or is about to, in the same run. */
	void goOn() {
		this.endedTurn = false;
	}

	/** Whether a message is being written right now. */
	boolean isSpeaking() {
		return this.speakers.values().stream().anyMatch((speaker) -> speaker.speaking);
	}

	/** Whether the agent itself, not a subagent, has said its last message. */
	boolean hasEndedTurn() {
		return this.endedTurn;
	}

	boolean hasSaidSomething() {
		return this.saidSomething;
	}

	/** Messages that were cut off will not go on. */
	void cutOff() {
		this.speakers.clear();
	}

	/** A piece of a message: {@code stream_event}. */
	void piece(ObjectNode line) {
		String subagent = subagent(line);
		Speaker speaker = this.speakers.computeIfAbsent((subagent != null) ? subagent : "", (id) -> new Speaker());
		JsonNode event = line.path("event");
		switch (event.path("type").asString("")) {
			case "message_start" -> {
				speaker.begin(event.path("message").path("id").asString("message"));
				this.streamed.add(speaker.messageId);
				this.endedTurn &= subagent != null;
				this.usage.model(event.path("message").path("model").asString(""));
				this.usage.message(speaker.messageId, event.path("message").path("usage"));
			}
			case "content_block_start" ->
				start(speaker, event.path("index").asInt(0), event.path("content_block"), subagent);
			case "content_block_delta" ->
				add(speaker.blocks.get(event.path("index").asInt(0)), event.path("delta"), subagent);
			case "content_block_stop" -> stop(speaker.blocks.remove(event.path("index").asInt(0)));
			case "message_delta" -> {
				this.usage.message(speaker.messageId, event.path("usage"));
				this.writer.spent(this.usage.soFar());
				this.endedTurn |= subagent == null
						&& event.path("delta").path("stop_reason").asString("").equals("end_turn");
			}
			case "message_stop" -> speaker.speaking = false;
			default -> {
			}
		}
	}

	/** A finished block of a message: {@code assistant}. */
	void finished(ObjectNode line) {
		JsonNode message = line.path("message");
		String messageId = message.path("id").asString("");
		boolean ofApi = !message.path("model").asString("").equals("<synthetic>");
		if (this.streamed.contains(messageId) || !ofApi || line.path("is_api_error_message").asBoolean(false)) {
			return;
		}
		String subagent = subagent(line);
		this.usage.message(messageId, message.path("usage"));
		this.writer.spent(this.usage.soFar());
		for (JsonNode block : message.path("content")) {
			int index = this.finishedBlocks.merge(messageId, 1, Integer::sum) - 1;
			whole(messageId + ":" + index, block, subagent);
		}
	}

	/** What tools answered: {@code user}. */
	void answered(ObjectNode line, Set<String> backgroundCalls) {
		String subagent = subagent(line);
		for (JsonNode block : line.path("message").path("content")) {
			if (!block.path("type").asString("").equals("tool_result")) {
				continue;
			}
			String callId = block.path("tool_use_id").asString("");
			boolean failed = block.path("is_error").asBoolean(false);
			this.writer.result(callId, text(block.path("content")), failed, subagent);
			if (!backgroundCalls.contains(callId)) {
				this.writer.endSubagent(callId, failed ? "The subagent failed." : null);
			}
		}
	}

	/** What a command of Claude's own says comes as the result alone. */
	void result(String id, String text) {
		this.writer.text("result:" + id, text, null);
	}

	private void start(Speaker speaker, int index, JsonNode block, @Nullable String subagent) {
		String id = speaker.messageId + ":" + index;
		switch (block.path("type").asString("")) {
			case "text" -> {
				speaker.blocks.put(index, new Block(BlockKind.TEXT, id));
				speaker.lastText = id;
				say(id, block.path("text").asString(""), subagent);
			}
			case "thinking" -> {
				speaker.blocks.put(index, new Block(BlockKind.REASONING, id));
				this.writer.reasoning(id, block.path("thinking").asString(""), subagent);
			}
			case "tool_use", "server_tool_use", "mcp_tool_use" -> {
				String callId = block.path("id").asString(id);
				speaker.blocks.put(index, new Block(BlockKind.TOOL, callId));
				this.writer.tool(callId, block.path("name").asString("tool"), speaker.lastText, subagent);
			}
			default -> {
			}
		}
	}

	private void add(@Nullable Block block, JsonNode delta, @Nullable String subagent) {
		if (block == null) {
			return;
		}
		switch (delta.path("type").asString("")) {
			case "text_delta" -> say(block.id, delta.path("text").asString(""), subagent);
			case "thinking_delta" -> this.writer.reasoning(block.id, delta.path("thinking").asString(""), subagent);
			case "input_json_delta" -> {
				String json = delta.path("partial_json").asString("");
				block.hasArguments |= !json.isEmpty();
				this.writer.arguments(block.id, json);
			}
			default -> {
			}
		}
	}

	private void stop(@Nullable Block block) {
		if (block == null) {
			return;
		}
		switch (block.kind) {
			case TEXT -> this.writer.endText(block.id);
			case REASONING -> this.writer.endReasoning(block.id);
			case TOOL -> {
				if (!block.hasArguments) {
					this.writer.arguments(block.id, "{}");
				}
				this.writer.endTool(block.id);
			}
		}
	}

	private void whole(String id, JsonNode block, @Nullable String subagent) {
		switch (block.path("type").asString("")) {
			case "text" -> {
				say(id, block.path("text").asString(""), subagent);
				this.writer.endText(id);
			}
			case "thinking" -> {
				this.writer.reasoning(id, block.path("thinking").asString(""), subagent);
				this.writer.endReasoning(id);
			}
			case "tool_use", "server_tool_use", "mcp_tool_use" -> this.writer.wholeTool(block.path("id").asString(id),
					block.path("name").asString("tool"), block.path("input").toString(), null, subagent);
			default -> {
			}
		}
	}

	private void say(String id, String text, @Nullable String subagent) {
		this.saidSomething |= subagent == null && !text.isEmpty();
		this.writer.text(id, text, subagent);
	}

	/** Whoever speaks in the name of a call is a subagent, announced or not. */
	private @Nullable String subagent(ObjectNode line) {
		String call = line.path("parent_tool_use_id").asString("");
		if (call.isEmpty()) {
			return null;
		}
		this.writer.subagent(call, line.path("subagent_type").asString("subagent"),
				line.path("task_description").asString(""), call);
		return call;
	}

	private static String text(JsonNode content) {
		return content.isArray()
				? content.valueStream().map((part) -> part.path("text").asString("")).collect(Collectors.joining("\n"))
				: content.asString("");
	}

	/** The agent itself or one subagent, and the message it writes. */
	private static final class Speaker {

		private final Map<Integer, Block> blocks = new HashMap<>();

		private String messageId = "message";

		private @Nullable String lastText;

		private boolean speaking;

		void begin(String id) {
			this.messageId = id;
			this.lastText = null;
			this.speaking = true;
			this.blocks.clear();
		}

	}

	private enum BlockKind {

		TEXT, REASONING, TOOL

	}

	private static final class Block {

		private final BlockKind kind;

		private final String id;

		private boolean hasArguments;

		Block(BlockKind kind, String id) {
			this.kind = kind;
			this.id = id;
		}

	}

}
