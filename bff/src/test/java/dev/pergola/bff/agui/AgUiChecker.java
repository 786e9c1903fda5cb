package dev.pergola.bff.agui;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import tools.jackson.databind.JsonNode;

/**
 * A reader of AG-UI 1.1 that believes nothing: it follows a stream by the rules of the
 * specification, and says where one is broken. Written without a look at what writes.
 */
public final class AgUiChecker {

	private static final Map<String, Set<String>> REQUIRED = Map.ofEntries(
			Map.entry("RUN_STARTED", Set.of("threadId", "runId")),
			Map.entry("RUN_FINISHED", Set.of("threadId", "runId")), Map.entry("RUN_ERROR", Set.of("message")),
			Map.entry("STEP_STARTED", Set.of("stepName")), Map.entry("STEP_FINISHED", Set.of("stepName")),
			Map.entry("TEXT_MESSAGE_START", Set.of("messageId")),
			Map.entry("TEXT_MESSAGE_CONTENT", Set.of("messageId", "delta")),
			Map.entry("TEXT_MESSAGE_END", Set.of("messageId")),
			Map.entry("TOOL_CALL_START", Set.of("toolCallId", "toolCallName")),
			Map.entry("TOOL_CALL_ARGS", Set.of("toolCallId", "delta")),
			Map.entry("TOOL_CALL_END", Set.of("toolCallId")),
			Map.entry("TOOL_CALL_RESULT", Set.of("messageId", "toolCallId")),
			Map.entry("REASONING_START", Set.of("messageId")), Map.entry("REASONING_END", Set.of("messageId")),
			Map.entry("REASONING_MESSAGE_START", Set.of("messageId", "role")),
			Map.entry("REASONING_MESSAGE_CONTENT", Set.of("messageId", "delta")),
			Map.entry("REASONING_MESSAGE_END", Set.of("messageId")),
			Map.entry("REASONING_ENCRYPTED_VALUE", Set.of("subtype", "entityId", "encryptedValue")),
			Map.entry("CUSTOM", Set.of("name")), Map.entry("STATE_SNAPSHOT", Set.of()),
			Map.entry("STATE_DELTA", Set.of()), Map.entry("MESSAGES_SNAPSHOT", Set.of()),
			Map.entry("ACTIVITY_SNAPSHOT", Set.of("messageId", "activityType")),
			Map.entry("ACTIVITY_DELTA", Set.of("messageId", "activityType")),
			Map.entry("SUBAGENT_STARTED", Set.of("subagentRunId", "name")),
			Map.entry("SUBAGENT_FINISHED", Set.of("subagentRunId")),
			Map.entry("SUBAGENT_ERROR", Set.of("subagentRunId", "message")));

	private final Map<String, String> open = new HashMap<>();

	private final Set<String> subagentsOver = new java.util.HashSet<>();

	private final List<String> seen = new ArrayList<>();

	private boolean ended;

	/**
	 * Reads a whole stream.
	 * @throws AssertionError when it is not one run, from its start to its end
	 */
	public static void check(List<? extends JsonNode> events) {
		AgUiChecker checker = new AgUiChecker();
		events.forEach(checker::next);
		if (!checker.ended) {
			throw new AssertionError("no end after " + checker.seen);
		}
	}

	private void next(JsonNode event) {
		String type = event.path("type").asString("");
		this.seen.add(event.toString());
		check(!this.ended, "an event after the end");
		check((this.seen.size() == 1) == type.equals("RUN_STARTED"), "RUN_STARTED comes first, and once");
		Set<String> required = REQUIRED.get(type);
		check(required != null, "an unknown type");
		required.forEach((field) -> check(event.path(field).isString(), field + " is no text"));
		event.properties()
			.forEach((field) -> check(!field.getValue().isNull() || isPayload(type, field.getKey()),
					field.getKey() + " is null"));
		String owner = event.path("subagentRunId").asString("");
		switch (type) {
			case "TEXT_MESSAGE_START" -> begin("text " + id(event, "messageId"), owner);
			case "TEXT_MESSAGE_CONTENT" -> on("text " + id(event, "messageId"), owner);
			case "TEXT_MESSAGE_END" -> end("text " + id(event, "messageId"), owner);
			case "TOOL_CALL_START" -> begin("call " + id(event, "toolCallId"), owner);
			case "TOOL_CALL_ARGS" -> on("call " + id(event, "toolCallId"), owner);
			case "TOOL_CALL_END" -> end("call " + id(event, "toolCallId"), owner);
			case "REASONING_START" -> begin("reasoning " + id(event, "messageId"), owner);
			case "REASONING_END" -> end("reasoning " + id(event, "messageId"), owner);
			case "REASONING_MESSAGE_START" -> begin("thought " + id(event, "messageId"), owner);
			case "REASONING_MESSAGE_CONTENT" -> on("thought " + id(event, "messageId"), owner);
			case "REASONING_MESSAGE_END" -> end("thought " + id(event, "messageId"), owner);
			case "STEP_STARTED" -> begin("step " + owner + "/" + id(event, "stepName"), owner);
			case "STEP_FINISHED" -> end("step " + owner + "/" + id(event, "stepName"), owner);
			case "SUBAGENT_STARTED" -> {
				check(this.subagentsOver.add(owner), "a subagent's id is used twice");
				String parent = event.path("parentSubagentRunId").asString("");
				check(parent.isEmpty() || this.subagentsOver.contains(parent), "the parent was never begun");
				begin("subagent " + owner, "");
			}
			case "SUBAGENT_FINISHED", "SUBAGENT_ERROR" -> end("subagent " + owner, "");
			case "RUN_FINISHED" -> {
				check(this.open.isEmpty(), "still open: " + this.open.keySet());
				this.ended = true;
			}
			case "RUN_ERROR" -> this.ended = true;
			default -> check(!type.endsWith("_CHUNK"), "the short form");
		}
	}

	private static boolean isPayload(String type, String field) {
		return type.equals("CUSTOM") && field.equals("value") || type.equals("STATE_SNAPSHOT");
	}

	private void begin(String what, String owner) {
		check(this.open.putIfAbsent(what, owner) == null, what + " was begun already");
	}

	private void on(String what, String owner) {
		check(this.open.containsKey(what), what + " was not begun");
		check(owner.isEmpty() || owner.equals(this.open.get(what)), what + " is another's");
	}

	private void end(String what, String owner) {
		on(what, owner);
		this.open.remove(what);
	}

	private static String id(JsonNode event, String field) {
		return event.path(field).asString();
	}

	private void check(boolean fits, String otherwise) {
		if (!fits) {
			throw new AssertionError(otherwise + ", in " + this.seen);
		}
	}

}
