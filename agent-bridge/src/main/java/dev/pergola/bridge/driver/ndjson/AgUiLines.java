package dev.pergola.bridge.driver.ndjson;

import java.util.Map;
import java.util.function.Predicate;

import dev.pergola.bridge.agui.EventWriter;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Passes AG-UI events of a program on. What has a beginning and an end goes through the
 * writer, so that a program that forgets one of them harms nobody; what lacks what the
 * protocol asks for is left out.
 */
final class AgUiLines {

	/** Events that stand alone, and the fields they need. */
	private static final Map<String, Map<String, Predicate<JsonNode>>> ALONE = Map.of("STATE_SNAPSHOT",
			Map.of("snapshot", AgUiLines::isThere), "STATE_DELTA", Map.of("delta", AgUiLines::isPatch),
			"MESSAGES_SNAPSHOT", Map.of("messages", AgUiLines::areMessages), "ACTIVITY_SNAPSHOT",
			Map.of("messageId", JsonNode::isString, "activityType", JsonNode::isString, "content", JsonNode::isObject),
			"ACTIVITY_DELTA",
			Map.of("messageId", JsonNode::isString, "activityType", JsonNode::isString, "patch", AgUiLines::isPatch),
			"CUSTOM", Map.of("name", JsonNode::isString, "value", AgUiLines::isThere));

	private final EventWriter writer;

	AgUiLines(EventWriter writer) {
		this.writer = writer;
	}

	/**
	 * Passes an event on.
	 * @return whether it was text of the agent
	 */
	boolean tell(ObjectNode event) {
		String type = event.path("type").asString("");
		String message = event.path("messageId").asString("");
		String call = event.path("toolCallId").asString("");
		String delta = event.path("delta").asString("");
		String subagent = text(event, "subagentRunId");
		switch (type) {
			case "TEXT_MESSAGE_CONTENT", "TEXT_MESSAGE_CHUNK" -> {
				if (!message.isEmpty()) {
					this.writer.text(message, delta, subagent);
					return !delta.isEmpty();
				}
			}
			case "TEXT_MESSAGE_END" -> this.writer.endText(message);
			case "REASONING_MESSAGE_CONTENT", "REASONING_MESSAGE_CHUNK" -> {
				if (!message.isEmpty()) {
					this.writer.reasoning(message, delta, subagent);
				}
			}
			case "REASONING_MESSAGE_END", "REASONING_END" -> this.writer.endReasoning(message);
			case "TOOL_CALL_START" -> {
				if (!call.isEmpty() && event.path("toolCallName").isString()) {
					this.writer.tool(call, event.path("toolCallName").asString(), text(event, "parentMessageId"),
							subagent);
				}
			}
			case "TOOL_CALL_ARGS" -> this.writer.arguments(call, delta);
			case "TOOL_CALL_END" -> this.writer.endTool(call);
			case "TOOL_CALL_RESULT" -> {
				if (!call.isEmpty()) {
					this.writer.result(call, event.path("content").asString(""), false, subagent);
				}
			}
			case "SUBAGENT_STARTED" -> {
				if (subagent != null) {
					this.writer.subagent(subagent, event.path("name").asString("subagent"),
							event.path("description").asString(""), text(event, "parentToolCallId"));
				}
			}
			case "SUBAGENT_FINISHED" -> this.writer.endSubagent(event.path("subagentRunId").asString(""), null);
			case "SUBAGENT_ERROR" -> this.writer.endSubagent(event.path("subagentRunId").asString(""),
					event.path("message").asString("The subagent failed."));
			default -> {
				Map<String, Predicate<JsonNode>> needed = ALONE.get(type);
				if (needed != null && needed.entrySet()
					.stream()
					.allMatch((field) -> field.getValue().test(event.path(field.getKey())))) {
					this.writer.alone(event);
				}
			}
		}
		return false;
	}

	private static boolean isThere(JsonNode value) {
		return !value.isMissingNode();
	}

	private static boolean isPatch(JsonNode value) {
		return value.isArray() && value.valueStream().allMatch(AgUiLines::isOperation);
	}

	/** RFC 6902, section 4. */
	private static boolean isOperation(JsonNode value) {
		return value.path("path").isString() && switch (value.path("op").asString("")) {
			case "add", "replace", "test" -> value.has("value");
			case "move", "copy" -> value.path("from").isString();
			case "remove" -> true;
			default -> false;
		};
	}

	private static boolean areMessages(JsonNode value) {
		return value.isArray()
				&& value.valueStream().allMatch((one) -> one.path("id").isString() && one.path("role").isString());
	}

	private static @Nullable String text(ObjectNode event, String field) {
		String text = event.path(field).asString("");
		return text.isEmpty() ? null : text;
	}

}
