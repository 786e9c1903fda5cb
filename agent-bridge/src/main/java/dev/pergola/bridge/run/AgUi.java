package dev.pergola.bridge.run;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The AG-UI 1.1 events the bridge sends, each as one line of JSON.
 */
final class AgUi {

	static final String PROTOCOL_VERSION = "1.1";

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private AgUi() {
	}

	static String runStarted(RunInput input) {
		return ofRun("RUN_STARTED", input).put("protocolVersion", PROTOCOL_VERSION).toString();
	}

	static String queued(int position) {
		ObjectNode event = event("CUSTOM").put("name", "pergola.queue");
		event.putObject("value").put("position", position);
		return event.toString();
	}

	static String textStart(String messageId) {
		return event("TEXT_MESSAGE_START").put("messageId", messageId).put("role", "assistant").toString();
	}

	static String textContent(String messageId, String delta) {
		return event("TEXT_MESSAGE_CONTENT").put("messageId", messageId).put("delta", delta).toString();
	}

	static String textEnd(String messageId) {
		return event("TEXT_MESSAGE_END").put("messageId", messageId).toString();
	}

	/** A run that reached its end, or that somebody stopped on purpose. */
	static String runFinished(RunInput input, boolean cancelled) {
		ObjectNode event = ofRun("RUN_FINISHED", input);
		event.putObject("outcome").put("type", cancelled ? "cancelled" : "success");
		return event.toString();
	}

	static String runError(String code, String message) {
		return event("RUN_ERROR").put("message", message).put("code", code).toString();
	}

	private static ObjectNode ofRun(String type, RunInput input) {
		return event(type).put("threadId", input.threadId()).put("runId", input.runId());
	}

	private static ObjectNode event(String type) {
		return MAPPER.createObjectNode().put("type", type);
	}

}
