package dev.pergola.bff.agui;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** AG-UI 1.1 events as JSON objects: {@code type} in capitals. */
public final class AgUiEvents {

	/** Version of AG-UI that is read and written here. */
	public static final String PROTOCOL = "1.1";

	/**
	 * Name of the {@code CUSTOM} event by which a driver tells what a run has cost so
	 * far; {@link RunScript} puts it on the run's end.
	 */
	public static final String USAGE = "pergola.usage";

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private AgUiEvents() {
	}

	/**
	 * Reads an event.
	 * @param text one JSON object
	 * @return empty when it is none, or has no type
	 */
	public static Optional<ObjectNode> parse(String text) {
		return (read(text) instanceof ObjectNode event && !type(event).isEmpty()) ? Optional.of(event)
				: Optional.empty();
	}

	/**
	 * Reads what a vendor sent.
	 * @return {@code null} when it is no JSON
	 */
	public static @Nullable JsonNode read(String text) {
		try {
			return JSON.readTree(text);
		}
		catch (JacksonException ex) {
			return null;
		}
	}

	/** An event on one line. */
	public static byte[] bytes(ObjectNode event) {
		return JSON.writeValueAsBytes(event);
	}

	/**
	 * Whether a run is over with an event, which is read only where it may be.
	 * @param event as {@link #bytes} writes it
	 */
	public static boolean isEnd(byte[] event) {
		String text = new String(event, StandardCharsets.ISO_8859_1);
		return (text.contains("\"RUN_FINISHED\"") || text.contains("\"RUN_ERROR\""))
				&& parse(new String(event, StandardCharsets.UTF_8)).filter(AgUiEvents::isEnd).isPresent();
	}

	/** Whether an event tells what a run costs so far; it goes into the run's end. */
	public static boolean isUsage(ObjectNode event) {
		return type(event).equals("CUSTOM") && event.path("name").asString("").equals(USAGE);
	}

	/** Whether a run is over with an event. */
	public static boolean isEnd(ObjectNode event) {
		String type = type(event);
		return type.equals("RUN_FINISHED") || type.equals("RUN_ERROR");
	}

	/** Type of an event. */
	public static String type(ObjectNode event) {
		return (event.get("type") instanceof StringNode type) ? type.stringValue() : "";
	}

	/** Subagent an event belongs to, empty for the agent itself. */
	static String owner(ObjectNode event) {
		return event.path("subagentRunId").asString("");
	}

	static ObjectNode runStarted(String threadId, String runId) {
		return run("RUN_STARTED", threadId, runId).put("protocolVersion", PROTOCOL);
	}

	/**
	 * The end of a run that did not fail.
	 * @param outcome {@code success} or {@code cancelled}
	 */
	public static ObjectNode runFinished(String threadId, String runId, String outcome) {
		ObjectNode event = run("RUN_FINISHED", threadId, runId);
		event.putObject("outcome").put("type", outcome);
		return event;
	}

	/**
	 * The end of a run that left calls for the client to answer.
	 * @param toolCallIds in the order they were made; may be empty
	 */
	public static ObjectNode runFinished(String threadId, String runId, List<String> toolCallIds) {
		ObjectNode event = runFinished(threadId, runId, "success");
		if (!toolCallIds.isEmpty()) {
			ArrayNode pending = ((ObjectNode) event.get("outcome")).putArray("pendingToolCallIds");
			toolCallIds.forEach(pending::add);
		}
		return event;
	}

	/**
	 * The end of a run that failed.
	 * @param code in capitals, for programs
	 * @param message for people
	 */
	public static ObjectNode runError(String code, String message) {
		return event("RUN_ERROR").put("message", message).put("code", code);
	}

	/** What a run has cost so far, all calls of models included. */
	public static ObjectNode usage(TokenUsage usage) {
		ObjectNode event = event("CUSTOM").put("name", USAGE);
		event.putArray("value").add(usage.json());
		return event;
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

	/** Something the portal itself has to say. */
	public static ObjectNode custom(String name) {
		ObjectNode event = event("CUSTOM").put("name", name);
		event.putObject("value");
		return event;
	}

	/** A vendor's own event, beside what is made of it. */
	public static ObjectNode raw(String source, JsonNode event) {
		ObjectNode raw = event("RAW").put("source", source);
		raw.set("event", event);
		return raw;
	}

	/** An event with nothing but its type. */
	public static ObjectNode event(String type) {
		return object().put("type", type);
	}

	static ObjectNode object() {
		return JSON.createObjectNode();
	}

	static ArrayNode list() {
		return JSON.createArrayNode();
	}

	private static ObjectNode run(String type, String threadId, String runId) {
		return event(type).put("threadId", threadId).put("runId", runId);
	}

}
