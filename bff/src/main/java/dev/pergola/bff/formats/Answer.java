package dev.pergola.bff.formats;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.pergola.bff.agui.AgUiEvents;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes a model's answer as AG-UI events: messages, thoughts and calls, each under a key
 * of the format's own, begun with its first piece. Not for use by several threads.
 */
final class Answer {

	private final String runId;

	private final Map<String, Item> open = new LinkedHashMap<>();

	/** Calls nobody has answered, in the order they were made. */
	private final List<String> pending = new ArrayList<>();

	private List<ObjectNode> events = new ArrayList<>();

	private int items;

	Answer(String runId) {
		this.runId = runId;
	}

	/** What was written since the last time. */
	List<ObjectNode> take() {
		List<ObjectNode> taken = this.events;
		this.events = new ArrayList<>();
		return taken;
	}

	void add(ObjectNode event) {
		this.events.add(event);
	}

	/** More of a message; begins it with its first words. */
	void text(String key, String delta) {
		if (!delta.isEmpty()) {
			this.events.add(AgUiEvents.textContent(begin(key, "TEXT_MESSAGE").id(), delta));
		}
	}

	/** More of what the model thinks; begins it with its first words. */
	void thought(String key, String delta) {
		if (!delta.isEmpty()) {
			this.events.add(AgUiEvents.event("REASONING_MESSAGE_CONTENT")
				.put("messageId", begin(key, "REASONING_MESSAGE").id())
				.put("delta", delta));
		}
	}

	/**
	 * What a provider keeps to itself of a thought, to be given back with it.
	 * @param type what kind of value it is, with the provider's name before it
	 */
	void secret(String key, String value, String type) {
		this.events.add(AgUiEvents.event("REASONING_ENCRYPTED_VALUE")
			.put("subtype", "message")
			.put("entityId", begin(key, "REASONING_MESSAGE").id())
			.put("encryptedValue", value)
			.put("encryptedValueType", type));
	}

	/**
	 * A call begins.
	 * @param answered whether its result comes in the same answer
	 */
	void call(String key, String callId, String name, boolean answered) {
		String id = callId.isEmpty() ? nextId() : callId;
		this.open.put(key, new Item("TOOL_CALL", id));
		this.events.add(AgUiEvents.event("TOOL_CALL_START").put("toolCallId", id).put("toolCallName", name));
		if (!answered) {
			this.pending.add(id);
		}
	}

	/** More of a call's arguments; those of a call that was never begun are lost. */
	void arguments(String key, String delta) {
		Item call = this.open.get(key);
		if (call != null && !delta.isEmpty()) {
			this.events.add(AgUiEvents.event("TOOL_CALL_ARGS").put("toolCallId", call.id()).put("delta", delta));
		}
	}

	/** What came of a call that is answered in the same answer; ends it. */
	void result(String key, String content) {
		Item call = this.open.get(key);
		if (call != null && call.kind().equals("TOOL_CALL") && !this.pending.contains(call.id())) {
			end(key);
			this.events.add(AgUiEvents.event("TOOL_CALL_RESULT")
				.put("messageId", nextId())
				.put("toolCallId", call.id())
				.put("content", content)
				.put("role", "tool"));
		}
	}

	boolean isOpen(String key) {
		return this.open.containsKey(key);
	}

	/** Whether what is open under the key has this id. */
	boolean isOpen(String key, String id) {
		Item item = this.open.get(key);
		return item != null && item.id().equals(id);
	}

	/** What stands under the key is complete. */
	void end(String key) {
		Item item = this.open.remove(key);
		if (item == null) {
			return;
		}
		String field = item.kind().equals("TOOL_CALL") ? "toolCallId" : "messageId";
		this.events.add(AgUiEvents.event(item.kind() + "_END").put(field, item.id()));
		if (item.kind().equals("REASONING_MESSAGE")) {
			this.events.add(AgUiEvents.event("REASONING_END").put("messageId", item.id() + "-span"));
		}
	}

	/** The run went well; the client has to answer what is pending. */
	List<ObjectNode> finish() {
		endAll();
		add(AgUiEvents.runFinished(this.runId, this.runId, this.pending));
		return take();
	}

	/** The run was stopped, by a limit of the agent's. */
	List<ObjectNode> stopped(String reason) {
		endAll();
		ObjectNode event = AgUiEvents.runFinished(this.runId, this.runId, "cancelled");
		event.putObject("metadata").put("pergola.reason", reason);
		add(event);
		return take();
	}

	/** The run failed, after what was written. */
	List<ObjectNode> failed(List<ObjectNode> end) {
		this.events.addAll(end);
		return take();
	}

	private void endAll() {
		List.copyOf(this.open.keySet()).reversed().forEach(this::end);
	}

	private Item begin(String key, String kind) {
		Item item = this.open.get(key);
		if (item != null && item.kind().equals(kind)) {
			return item;
		}
		end(key);
		Item begun = new Item(kind, nextId());
		this.open.put(key, begun);
		if (kind.equals("TEXT_MESSAGE")) {
			this.events.add(AgUiEvents.textStart(begun.id()));
		}
		else {
			this.events.add(AgUiEvents.event("REASONING_START").put("messageId", begun.id() + "-span"));
			this.events
				.add(AgUiEvents.event("REASONING_MESSAGE_START").put("messageId", begun.id()).put("role", "reasoning"));
		}
		return begun;
	}

	// The provider's own ids are not known to differ from run to run.
	private String nextId() {
		return this.runId + "-" + ++this.items;
	}

	/** Something begun. */
	private record Item(String kind, String id) {

	}

}
