package dev.pergola.bridge.driver.acp;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

import dev.pergola.bridge.agui.EventWriter;
import dev.pergola.bridge.driver.JsonLines;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tells what an ACP agent reports. Messages have no end there: one ends where something
 * else begins.
 */
final class AcpUpdates {

	private final EventWriter writer;

	private final AcpToolCalls calls;

	/** What was told of each message, by the agent's id of it. */
	private final Map<String, StringBuilder> told = new HashMap<>();

	private String runId = "";

	private int segments;

	private @Nullable Segment current;

	AcpUpdates(EventWriter writer) {
		this.writer = writer;
		this.calls = new AcpToolCalls(writer);
	}

	void begin(String run) {
		this.runId = run;
		this.segments = 0;
		this.current = null;
	}

	void hear(JsonNode update) {
		String messageId = update.path("messageId").asString("");
		switch (update.path("sessionUpdate").asString("")) {
			case "agent_message_chunk" -> piece(false, messageId, text(update.path("content")));
			case "agent_thought_chunk" -> piece(true, messageId, text(update.path("content")));
			case "agent_message" -> whole(false, messageId, texts(update.path("content")));
			case "agent_thought" -> whole(true, messageId, texts(update.path("content")));
			case "tool_call", "tool_call_update" -> toolCall(update);
			case "tool_call_content_chunk" -> this.calls.piece(update);
			case "plan" -> this.writer.custom("pergola.plan", plan(update.path("entries")));
			case "plan_update" -> this.writer.custom("pergola.plan", plan(update.path("plan").path("entries")));
			default -> {
			}
		}
	}

	/** Opens the call where it is new, and tells what is new about it. */
	void toolCall(JsonNode call) {
		endSegment();
		this.calls.hear(call);
	}

	private void piece(boolean isThought, String messageId, String text) {
		Segment segment = this.current;
		if (segment == null || segment.isThought != isThought || !segment.messageId.equals(messageId)) {
			endSegment();
			segment = new Segment(this.runId + ":" + this.segments++, messageId, isThought);
			this.current = segment;
		}
		if (isThought) {
			this.writer.reasoning(segment.id, text, null);
		}
		else {
			this.writer.text(segment.id, text, null);
		}
		if (!messageId.isEmpty()) {
			this.told.computeIfAbsent(messageId, (id) -> new StringBuilder()).append(text);
		}
	}

	/**
	 * The whole content of a message. What was told cannot be taken back, so only what
	 * goes on from it is told.
	 */
	private void whole(boolean isThought, String messageId, String text) {
		String before = this.told.getOrDefault(messageId, new StringBuilder()).toString();
		if (text.startsWith(before)) {
			piece(isThought, messageId, text.substring(before.length()));
		}
	}

	private void endSegment() {
		Segment segment = this.current;
		if (segment != null) {
			this.writer.endText(segment.id);
			this.writer.endReasoning(segment.id);
			this.current = null;
		}
	}

	static String text(JsonNode block) {
		return switch (block.path("type").asString("")) {
			case "text" -> block.path("text").asString("");
			case "resource_link" -> block.path("uri").asString("");
			case "resource" -> block.path("resource").path("text").asString("");
			default -> "";
		};
	}

	private static String texts(JsonNode blocks) {
		return blocks.valueStream().map(AcpUpdates::text).collect(Collectors.joining());
	}

	private static ObjectNode plan(JsonNode entries) {
		ObjectNode plan = JsonLines.object();
		ArrayNode list = plan.putArray("entries");
		for (JsonNode entry : entries) {
			list.addObject()
				.put("text", entry.path("content").asString(""))
				.put("status", entry.path("status").asString("pending"));
		}
		return plan;
	}

	private record Segment(String id, String messageId, boolean isThought) {
	}

}
