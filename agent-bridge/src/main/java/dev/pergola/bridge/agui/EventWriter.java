package dev.pergola.bridge.agui;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tells what an agent says as AG-UI events: opens what is not open yet, remembers what
 * is, and closes it in order. Goes on over several runs; a tool call is told once in all
 * of them. Not for several threads.
 */
public final class EventWriter {

	/** Longest piece of text in one event; longer ones become several events. */
	static final int MAX_DELTA = 64 * 1024;

	/**
	 * Longest result of a tool in bytes of JSON; the rest is cut, which the event says.
	 */
	static final int MAX_RESULT = 512 * 1024;

	/** Largest event in bytes of JSON of those that cannot be cut. */
	static final int MAX_ALONE = 768 * 1024;

	private final Map<String, List<ObjectNode>> open = new LinkedHashMap<>();

	private final Map<String, ObjectNode> subagents = new LinkedHashMap<>();

	private final Set<String> told = new HashSet<>();

	private Consumer<ObjectNode> sink = (event) -> {
	};

	/** Where events go from now on. */
	public void to(Consumer<ObjectNode> sink) {
		this.sink = sink;
	}

	/**
	 * Adds to a message of the agent; opens it where needed.
	 * @param subagent invocation that says it, {@code null} for the agent itself
	 */
	public void text(String messageId, String delta, @Nullable String subagent) {
		if (delta.isEmpty()) {
			return;
		}
		if (!isOpen("text", messageId)) {
			emit(event("TEXT_MESSAGE_START", subagent).put("messageId", messageId).put("role", "assistant"));
			opened("text", messageId, event("TEXT_MESSAGE_END", subagent).put("messageId", messageId));
		}
		pieces(delta,
				(piece) -> event("TEXT_MESSAGE_CONTENT", subagent).put("messageId", messageId).put("delta", piece));
	}

	public void endText(String messageId) {
		close("text", messageId);
	}

	/** Adds to what the agent thinks; opens it where needed. */
	public void reasoning(String messageId, String delta, @Nullable String subagent) {
		if (delta.isEmpty()) {
			return;
		}
		if (!isOpen("reasoning", messageId)) {
			emit(event("REASONING_START", subagent).put("messageId", messageId));
			emit(event("REASONING_MESSAGE_START", subagent).put("messageId", messageId).put("role", "reasoning"));
			opened("reasoning", messageId, event("REASONING_MESSAGE_END", subagent).put("messageId", messageId),
					event("REASONING_END", subagent).put("messageId", messageId));
		}
		pieces(delta, (piece) -> event("REASONING_MESSAGE_CONTENT", subagent).put("messageId", messageId)
			.put("delta", piece));
	}

	public void endReasoning(String messageId) {
		close("reasoning", messageId);
	}

	/**
	 * Opens a call of a tool.
	 * @param parentMessageId message that holds the call, {@code null} where unknown
	 * @return {@code false} where it was told before
	 */
	public boolean tool(String callId, String name, @Nullable String parentMessageId, @Nullable String subagent) {
		if (!this.told.add(callId)) {
			return false;
		}
		ObjectNode start = event("TOOL_CALL_START", subagent).put("toolCallId", callId).put("toolCallName", name);
		if (parentMessageId != null) {
			start.put("parentMessageId", parentMessageId);
		}
		emit(start);
		opened("tool", callId, event("TOOL_CALL_END", subagent).put("toolCallId", callId));
		return true;
	}

	/** Adds to the arguments of a call; says nothing where the call is not open. */
	public void arguments(String callId, String delta) {
		if (isOpen("tool", callId)) {
			pieces(delta, (piece) -> event("TOOL_CALL_ARGS", null).put("toolCallId", callId).put("delta", piece));
		}
	}

	public void endTool(String callId) {
		close("tool", callId);
	}

	/**
	 * Opens a call, tells all of its arguments and ends it; nothing where told before.
	 */
	public void wholeTool(String callId, String name, String arguments, @Nullable String parentMessageId,
			@Nullable String subagent) {
		if (tool(callId, name, parentMessageId, subagent)) {
			arguments(callId, arguments);
			endTool(callId);
		}
	}

	/**
	 * Tells what a tool answered; ends the call where it is open.
	 * @param failed whether the tool failed, which the event's metadata says
	 */
	public void result(String callId, String content, boolean failed, @Nullable String subagent) {
		endTool(callId);
		ObjectNode event = event("TOOL_CALL_RESULT", subagent).put("messageId", callId + ":result")
			.put("toolCallId", callId)
			.put("role", "tool");
		String shown = EventSize.cut(content, MAX_RESULT);
		event.put("content", shown);
		if (shown.length() < content.length()) {
			event.withObject("metadata").put("cutFrom", content.length());
		}
		if (failed) {
			event.withObject("metadata").put("failed", true);
		}
		emit(event);
	}

	/** Opens an invocation of a subagent; does nothing where it is open. */
	public void subagent(String id, String name, @Nullable String description, @Nullable String parentToolCallId) {
		if (this.subagents.containsKey(id)) {
			return;
		}
		ObjectNode start = event("SUBAGENT_STARTED", id).put("name", name);
		if (description != null && !description.isEmpty()) {
			start.put("description", description);
		}
		if (parentToolCallId != null) {
			start.put("parentToolCallId", parentToolCallId);
		}
		this.subagents.put(id, start);
		emit(start);
	}

	/**
	 * Ends an invocation of a subagent; does nothing where it is not open.
	 * @param failure what people read where it failed, {@code null} where it ended well
	 */
	public void endSubagent(String id, @Nullable String failure) {
		if (this.subagents.remove(id) != null) {
			emit((failure != null) ? event("SUBAGENT_ERROR", id).put("message", failure)
					: event("SUBAGENT_FINISHED", id));
		}
	}

	public void custom(String name, JsonNode value) {
		ObjectNode event = event("CUSTOM", null).put("name", name);
		event.set("value", value);
		alone(event);
	}

	/**
	 * Reports what the run has spent so far, for budgets: the end of the run tells the
	 * same once more.
	 * @param usage {@code null} where nothing is known
	 */
	public void spent(@Nullable ObjectNode usage) {
		if (usage != null) {
			custom("pergola.usage", usage);
		}
	}

	/**
	 * Another event as it is. One that is too large would end the run where it is read:
	 * it is left out, which is told in its place.
	 */
	public void alone(ObjectNode event) {
		if (EventSize.fits(event, MAX_ALONE)) {
			emit(event);
			return;
		}
		ObjectNode note = event("CUSTOM", null).put("name", "pergola.leftOut");
		note.putObject("value").put("type", event.path("type").asString(""));
		emit(note);
	}

	private void emit(ObjectNode event) {
		this.sink.accept(event);
	}

	/** Closes all messages, calls and invocations, the last one opened first. */
	public void closeAll() {
		closeConstructs();
		for (String id : List.copyOf(this.subagents.keySet()).reversed()) {
			endSubagent(id, null);
		}
	}

	/**
	 * Closes all messages and calls; invocations of subagents rest until the next run,
	 * which {@link #goOn()} begins.
	 */
	public void suspend() {
		closeConstructs();
		for (String id : List.copyOf(this.subagents.keySet()).reversed()) {
			ObjectNode event = event("SUBAGENT_FINISHED", id);
			event.putObject("outcome").put("type", "suspended");
			emit(event);
		}
	}

	/** Announces again the invocations that rested. */
	public void goOn() {
		this.subagents.values().forEach((start) -> emit(start.deepCopy()));
	}

	private void closeConstructs() {
		for (String key : List.copyOf(this.open.keySet()).reversed()) {
			closeKey(key);
		}
	}

	private boolean isOpen(String kind, String id) {
		return this.open.containsKey(kind + " " + id);
	}

	private void opened(String kind, String id, ObjectNode... endings) {
		this.open.put(kind + " " + id, List.of(endings));
	}

	private void close(String kind, String id) {
		closeKey(kind + " " + id);
	}

	private void closeKey(String key) {
		List<ObjectNode> endings = this.open.remove(key);
		if (endings != null) {
			endings.forEach(this::emit);
		}
	}

	private void pieces(String text, Function<String, ObjectNode> event) {
		List<String> pieces = new ArrayList<>();
		for (int start = 0; start < text.length(); start = end(text, start, MAX_DELTA)) {
			pieces.add(text.substring(start, end(text, start, MAX_DELTA)));
		}
		pieces.forEach((piece) -> emit(event.apply(piece)));
	}

	/** Where a piece ends, never within a character of two. */
	private static int end(String text, int start, int length) {
		int end = Math.min(text.length(), start + length);
		return (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) ? end - 1 : end;
	}

	private static ObjectNode event(String type, @Nullable String subagent) {
		ObjectNode event = JsonMapper.shared().createObjectNode().put("type", type);
		return (subagent != null) ? event.put("subagentRunId", subagent) : event;
	}

}
