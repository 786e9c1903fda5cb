package dev.pergola.bff.agui;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a run has come to so far: the conversation with all it added, and what it has
 * begun and not ended. Not for use by several threads.
 */
public final class Transcript {

	private final Map<String, ObjectNode> messages = new LinkedHashMap<>();

	/** Texts that grow, by who has them; written into the messages when somebody asks. */
	private final IdentityHashMap<ObjectNode, StringBuilder> growing = new IdentityHashMap<>();

	/** Calls in the messages, by their ids. */
	private final Map<String, ObjectNode> calls = new HashMap<>();

	/** What opened the spans that are open, by their keys, oldest first. */
	private final Map<String, ObjectNode> open = new LinkedHashMap<>();

	/** Events that make up the state: the last snapshot and what came after it. */
	private final List<ObjectNode> state = new ArrayList<>();

	private final JsonNode stateBefore;

	private final Map<String, List<ObjectNode>> activities = new LinkedHashMap<>();

	private final Map<String, ObjectNode> subagents = new LinkedHashMap<>();

	private @Nullable ObjectNode started;

	private @Nullable ObjectNode queue;

	/**
	 * A conversation before a run.
	 * @param before AG-UI messages, oldest first
	 */
	public Transcript(JsonNode before) {
		this(before, MissingNode.getInstance());
	}

	/**
	 * A conversation before a run.
	 * @param before AG-UI messages, oldest first
	 * @param state what the client sent along; may be missing
	 */
	public Transcript(JsonNode before, JsonNode state) {
		this.stateBefore = (state.isMissingNode() || state.isNull()) ? AgUiEvents.object() : state;
		take(before);
	}

	/** Takes the next event of the run. */
	public void accept(ObjectNode event) {
		String type = AgUiEvents.type(event);
		boolean queued = type.equals("CUSTOM") && event.path("name").asString("").equals("pergola.queue");
		this.queue = queued ? event : null;
		switch (type) {
			case "RUN_STARTED" -> this.started = event;
			case "TEXT_MESSAGE_START" ->
				begin(event, text(event, "messageId", event.path("role").asString("assistant")));
			case "REASONING_MESSAGE_START" -> begin(event, text(event, "messageId", "reasoning"));
			case "TEXT_MESSAGE_CONTENT", "REASONING_MESSAGE_CONTENT" -> append(event);
			case "TOOL_CALL_START" -> beginCall(event);
			case "TOOL_CALL_ARGS" -> appendArguments(event);
			case "TOOL_CALL_RESULT" -> result(event);
			case "REASONING_ENCRYPTED_VALUE" -> keepSecret(event);
			case "REASONING_START", "STEP_STARTED" -> open(event);
			case "MESSAGES_SNAPSHOT" -> {
				this.messages.clear();
				this.growing.clear();
				this.calls.clear();
				take(event.path("messages"));
			}
			case "STATE_SNAPSHOT" -> {
				this.state.clear();
				this.state.add(event);
			}
			case "STATE_DELTA" -> this.state.add(event);
			case "ACTIVITY_SNAPSHOT", "ACTIVITY_DELTA" -> activity(type, event);
			case "SUBAGENT_STARTED" -> this.subagents.put(event.path("subagentRunId").asString(""), event);
			case "SUBAGENT_FINISHED", "SUBAGENT_ERROR" ->
				this.subagents.remove(event.path("subagentRunId").asString(""));
			default -> {
				if (Span.isEnd(type)) {
					Span.of(type, event).map(Span::key).ifPresent(this.open::remove);
				}
			}
		}
	}

	/** The conversation, unfinished messages included. */
	public ArrayNode messages() {
		settle();
		ArrayNode all = AgUiEvents.list();
		this.messages.values().forEach((message) -> all.add(message.deepCopy()));
		return all;
	}

	/**
	 * Events after which a client that knows nothing of the run is where this is. Text
	 * that is unfinished is in the snapshot and goes on there; calls and reasoning that
	 * are unfinished are begun again, with all they had.
	 */
	public List<ObjectNode> prelude() {
		settle();
		List<ObjectNode> events = new ArrayList<>();
		if (this.started != null) {
			events.add(this.started);
		}
		events.add(snapshot());
		// To change what a client has changed already would change it twice.
		if (!this.state.isEmpty() && !AgUiEvents.type(this.state.getFirst()).equals("STATE_SNAPSHOT")) {
			events.add(AgUiEvents.event("STATE_SNAPSHOT").set("snapshot", this.stateBefore));
		}
		events.addAll(this.state);
		this.activities.values().forEach(events::addAll);
		events.addAll(this.subagents.values());
		this.open.values().forEach((start) -> {
			events.add(start);
			Span.of(AgUiEvents.type(start), start).flatMap(this::told).ifPresent(events::add);
		});
		if (this.queue != null) {
			events.add(this.queue);
		}
		return events;
	}

	private ObjectNode snapshot() {
		ObjectNode snapshot = AgUiEvents.event("MESSAGES_SNAPSHOT");
		ArrayNode list = snapshot.putArray("messages");
		this.messages.forEach((id, message) -> {
			if (isOpen("REASONING_MESSAGE", id)) {
				return;
			}
			ObjectNode copy = message.deepCopy();
			boolean hadCalls = copy.path("toolCalls") instanceof ArrayNode calls && !calls.isEmpty();
			if (copy.path("toolCalls") instanceof ArrayNode calls) {
				calls.removeIf((call) -> isOpen("TOOL_CALL", call.path("id").asString("")));
			}
			boolean empty = copy.path("toolCalls").isEmpty();
			if (empty) {
				copy.remove("toolCalls");
			}
			// A message that only came with a call that is begun again comes with it.
			if (!(hadCalls && empty && copy.path("content").asString("").isEmpty())) {
				list.add(copy);
			}
		});
		return snapshot;
	}

	/** What a span had when it is begun again, as one event. */
	private Optional<ObjectNode> told(Span span) {
		boolean isCall = span.kind().equals("TOOL_CALL");
		String told = switch (span.kind()) {
			case "REASONING_MESSAGE" -> Optional.ofNullable(this.messages.get(span.id()))
				.map((message) -> message.path("content").asString(""))
				.orElse("");
			case "TOOL_CALL" ->
				call(span.id()).map((call) -> call.path("function").path("arguments").asString("")).orElse("");
			default -> "";
		};
		return told.isEmpty() ? Optional.empty()
				: Optional.of(AgUiEvents.event(span.kind() + (isCall ? "_ARGS" : "_CONTENT"))
					.put(isCall ? "toolCallId" : "messageId", span.id())
					.put("delta", told));
	}

	private void open(ObjectNode start) {
		Span.of(AgUiEvents.type(start), start).ifPresent((span) -> this.open.put(span.key(), start));
	}

	private boolean isOpen(String kind, String id) {
		return this.open.containsKey(new Span(kind, id, "").key());
	}

	private void take(JsonNode list) {
		int unnamed = 0;
		for (JsonNode message : list) {
			if (message instanceof ObjectNode object) {
				ObjectNode copy = object.deepCopy();
				this.messages.put(copy.path("id").asString("\n" + unnamed++), copy);
				copy.path("toolCalls").valueStream().filter(ObjectNode.class::isInstance).forEach(this::note);
			}
		}
	}

	private void note(JsonNode call) {
		this.calls.put(call.path("id").asString(""), (ObjectNode) call);
	}

	private void begin(ObjectNode event, ObjectNode message) {
		open(event);
		ObjectNode known = this.messages.putIfAbsent(message.path("id").asString(""), message);
		if (known != null && !known.path("content").isString()) {
			known.put("content", "");
		}
	}

	private static ObjectNode text(ObjectNode event, String idField, String role) {
		ObjectNode message = AgUiEvents.object()
			.put("id", event.path(idField).asString(""))
			.put("role", role)
			.put("content", "");
		copy(event, message, "name");
		copy(event, message, "subagentRunId");
		copy(event, message, "metadata");
		return message;
	}

	private void append(ObjectNode event) {
		ObjectNode message = this.messages.get(event.path("messageId").asString(""));
		if (message != null) {
			grow(message, "content", event);
		}
	}

	private void beginCall(ObjectNode event) {
		String id = event.path("toolCallId").asString("");
		open(event);
		String parent = event.path("parentMessageId").asString(id);
		ObjectNode message = this.messages.computeIfAbsent(parent, (key) -> {
			ObjectNode created = AgUiEvents.object().put("id", key).put("role", "assistant");
			copy(event, created, "subagentRunId");
			return created;
		});
		ObjectNode call = message.withArray("toolCalls").addObject().put("id", id).put("type", "function");
		call.putObject("function").put("name", event.path("toolCallName").asString("")).put("arguments", "");
		copy(event, call, "metadata");
		note(call);
	}

	private void keepSecret(ObjectNode event) {
		String id = event.path("entityId").asString("");
		ObjectNode owner = event.path("subtype").asString("").equals("message") ? this.messages.get(id)
				: this.calls.get(id);
		if (owner != null) {
			copy(event, owner, "encryptedValue");
			copy(event, owner, "encryptedValueType");
		}
	}

	private void appendArguments(ObjectNode event) {
		call(event.path("toolCallId").asString("")).map((call) -> call.path("function"))
			.filter(ObjectNode.class::isInstance)
			.map(ObjectNode.class::cast)
			.ifPresent((function) -> grow(function, "arguments", event));
	}

	private void grow(ObjectNode owner, String field, ObjectNode event) {
		this.growing.computeIfAbsent(owner, (key) -> new StringBuilder(key.path(field).asString("")))
			.append(event.path("delta").asString(""));
	}

	private void settle() {
		this.growing.forEach((owner, text) -> owner.put(owner.has("role") ? "content" : "arguments", text.toString()));
	}

	private Optional<ObjectNode> call(String id) {
		return Optional.ofNullable(this.calls.get(id));
	}

	private void result(ObjectNode event) {
		ObjectNode message = AgUiEvents.object().put("id", event.path("messageId").asString("")).put("role", "tool");
		copy(event, message, "content");
		copy(event, message, "toolCallId");
		copy(event, message, "subagentRunId");
		this.messages.put(message.path("id").asString(""), message);
	}

	private void activity(String type, ObjectNode event) {
		List<ObjectNode> events = this.activities.computeIfAbsent(event.path("messageId").asString(""),
				(id) -> new ArrayList<>());
		if (type.equals("ACTIVITY_SNAPSHOT")) {
			events.clear();
		}
		events.add(event);
	}

	private static void copy(ObjectNode from, ObjectNode to, String field) {
		if (from.has(field)) {
			to.set(field, from.get(field));
		}
	}

}
