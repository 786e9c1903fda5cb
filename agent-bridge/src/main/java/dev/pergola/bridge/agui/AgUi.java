package dev.pergola.bridge.agui;

import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The AG-UI 1.1 events the bridge sends, each as one line of JSON.
 */
public final class AgUi {

	public static final String PROTOCOL_VERSION = "1.1";

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private AgUi() {
	}

	public static String runStarted(RunInput input) {
		return ofRun("RUN_STARTED", input).put("protocolVersion", PROTOCOL_VERSION).toString();
	}

	public static String queued(int position) {
		ObjectNode event = event("CUSTOM").put("name", "pergola.queue");
		event.putObject("value").put("position", position);
		return event.toString();
	}

	public static ObjectNode textStart(String messageId) {
		return event("TEXT_MESSAGE_START").put("messageId", messageId).put("role", "assistant");
	}

	public static ObjectNode textContent(String messageId, String delta) {
		return event("TEXT_MESSAGE_CONTENT").put("messageId", messageId).put("delta", delta);
	}

	public static ObjectNode textEnd(String messageId) {
		return event("TEXT_MESSAGE_END").put("messageId", messageId);
	}

	/** A run that reached its end, or that somebody stopped on purpose. */
	public static String runFinished(RunInput input, boolean cancelled, @Nullable ObjectNode usage) {
		ObjectNode event = ofRun("RUN_FINISHED", input);
		event.putObject("outcome").put("type", cancelled ? "cancelled" : "success");
		return withUsage(event, usage).toString();
	}

	/**
	 * A run that ends because it waits for answers. Of questions that are too large for
	 * an event, what is shown is cut.
	 */
	public static String runInterrupted(RunInput input, List<ObjectNode> interrupts, @Nullable ObjectNode usage) {
		ObjectNode event = ofRun("RUN_FINISHED", input);
		event.putObject("outcome")
			.put("type", "interrupt")
			.putArray("interrupts")
			.addAll(Interrupts.fit(interrupts, EventWriter.MAX_RESULT));
		return withUsage(event, usage).toString();
	}

	public static String runError(String code, String message, @Nullable ObjectNode usage) {
		return withUsage(event("RUN_ERROR").put("message", message).put("code", code), usage).toString();
	}

	private static ObjectNode withUsage(ObjectNode event, @Nullable ObjectNode usage) {
		if (usage != null) {
			event.putArray("usage").add(usage);
		}
		return event;
	}

	private static ObjectNode ofRun(String type, RunInput input) {
		return event(type).put("threadId", input.threadId()).put("runId", input.runId());
	}

	private static ObjectNode event(String type) {
		return MAPPER.createObjectNode().put("type", type);
	}

}
