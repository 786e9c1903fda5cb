package dev.pergola.bff.agui;

import java.util.Optional;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** AG-UI 1.1 events as JSON objects: {@code type} in capitals, nothing null. */
public final class AgUiEvents {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private static final String PROTOCOL = "1.1";

	private AgUiEvents() {
	}

	/**
	 * Reads an event.
	 * @param text one JSON object
	 * @return empty when it is none, or has no type
	 */
	public static Optional<ObjectNode> parse(String text) {
		try {
			JsonNode node = JSON.readTree(text);
			boolean valid = node instanceof ObjectNode && node.path("type").isString()
					&& !node.path("type").stringValue().isEmpty();
			return valid ? Optional.of(withoutNulls((ObjectNode) node)) : Optional.empty();
		}
		catch (JacksonException ex) {
			return Optional.empty();
		}
	}

	/** An event on one line. */
	public static byte[] bytes(ObjectNode event) {
		return JSON.writeValueAsBytes(event);
	}

	/** Type of an event. */
	public static String type(ObjectNode event) {
		return event.path("type").asString("");
	}

	static ObjectNode runStarted(String threadId, String runId) {
		return run("RUN_STARTED", threadId, runId).put("protocolVersion", PROTOCOL);
	}

	/**
	 * The end of a run that went well.
	 * @param outcome {@code success} or {@code cancelled}
	 */
	public static ObjectNode runFinished(String threadId, String runId, String outcome) {
		ObjectNode event = run("RUN_FINISHED", threadId, runId);
		event.putObject("outcome").put("type", outcome);
		return event;
	}

	static ObjectNode runError(String code, String message) {
		return event("RUN_ERROR").put("message", message).put("code", code);
	}

	/** A message begins. */
	public static ObjectNode textStart(String messageId) {
		return event("TEXT_MESSAGE_START").put("messageId", messageId).put("role", "assistant");
	}

	/** More of a message; never empty. */
	public static ObjectNode textContent(String messageId, String delta) {
		return event("TEXT_MESSAGE_CONTENT").put("messageId", messageId).put("delta", delta);
	}

	/** A message is complete. */
	public static ObjectNode textEnd(String messageId) {
		return event("TEXT_MESSAGE_END").put("messageId", messageId);
	}

	static ObjectNode event(String type) {
		return JSON.createObjectNode().put("type", type);
	}

	private static ObjectNode run(String type, String threadId, String runId) {
		return event(type).put("threadId", threadId).put("runId", runId);
	}

	private static ObjectNode withoutNulls(ObjectNode event) {
		event.properties().removeIf((property) -> property.getValue().isNull());
		return event;
	}

}
