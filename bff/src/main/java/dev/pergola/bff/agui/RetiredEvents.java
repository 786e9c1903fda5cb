package dev.pergola.bff.agui;

import java.util.Map;

import tools.jackson.databind.node.ObjectNode;

/**
 * Events of before AG-UI 1.0 in today's words: thinking had no ids, as there was one at a
 * time. Not for use by several threads.
 */
final class RetiredEvents {

	private static final Map<String, String> TYPES = Map.of("THINKING_START", "REASONING_START", "THINKING_END",
			"REASONING_END", "THINKING_TEXT_MESSAGE_START", "REASONING_MESSAGE_START", "THINKING_TEXT_MESSAGE_CONTENT",
			"REASONING_MESSAGE_CONTENT", "THINKING_TEXT_MESSAGE_END", "REASONING_MESSAGE_END");

	private final String runId;

	private int spans;

	private int messages;

	RetiredEvents(String runId) {
		this.runId = runId;
	}

	/** The event as it is written now; most are already. */
	ObjectNode renew(ObjectNode event) {
		String type = AgUiEvents.type(event);
		String renewed = TYPES.get(type);
		if (renewed == null) {
			return event;
		}
		if (type.equals("THINKING_START")) {
			this.spans++;
		}
		else if (type.equals("THINKING_TEXT_MESSAGE_START")) {
			this.messages++;
		}
		boolean ofMessage = type.startsWith("THINKING_TEXT");
		return event.put("type", renewed)
			.put("messageId", this.runId + (ofMessage ? "-thought-" + this.messages : "-thinking-" + this.spans));
	}

}
