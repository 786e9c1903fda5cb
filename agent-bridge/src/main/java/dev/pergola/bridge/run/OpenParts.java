package dev.pergola.bridge.run;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a program has opened and not closed. AG-UI wants all of it closed before a run
 * finishes, also where the program was cut off.
 */
final class OpenParts {

	private static final Map<String, Part> OPENING = Map.of("TEXT_MESSAGE_START",
			new Part("TEXT_MESSAGE_END", "messageId"), "REASONING_START", new Part("REASONING_END", "messageId"),
			"REASONING_MESSAGE_START", new Part("REASONING_MESSAGE_END", "messageId"), "TOOL_CALL_START",
			new Part("TOOL_CALL_END", "toolCallId"), "STEP_STARTED", new Part("STEP_FINISHED", "stepName"));

	private static final String SUBAGENT = "subagentRunId";

	private final Deque<ObjectNode> closers = new ArrayDeque<>();

	void saw(ObjectNode event) {
		String type = event.path("type").asString("");
		Part part = OPENING.get(type);
		if (part != null) {
			this.closers.push(closer(part, event));
		}
		else if (type.equals("SUBAGENT_STARTED")) {
			this.closers.push(node("SUBAGENT_ERROR").put(SUBAGENT, event.path(SUBAGENT).asString(""))
				.put("message", "The agent was stopped."));
		}
		else {
			this.closers.removeIf((closer) -> closes(closer, event, type));
		}
	}

	/** What closes all that is open, innermost first. */
	List<ObjectNode> close() {
		List<ObjectNode> closing = List.copyOf(this.closers);
		this.closers.clear();
		return closing;
	}

	private static boolean closes(ObjectNode closer, ObjectNode event, String type) {
		if (type.equals("SUBAGENT_FINISHED") || type.equals("SUBAGENT_ERROR")) {
			return closer.path("type").asString("").equals("SUBAGENT_ERROR")
					&& closer.path(SUBAGENT).equals(event.path(SUBAGENT));
		}
		return closer.path("type").asString("").equals(type) && Stream.of("messageId", "toolCallId", "stepName")
			.allMatch((id) -> same(closer.path(id), event.path(id)));
	}

	private static boolean same(JsonNode one, JsonNode other) {
		return one.isMissingNode() || one.equals(other);
	}

	private static ObjectNode closer(Part part, ObjectNode event) {
		ObjectNode closer = node(part.end()).put(part.id(), event.path(part.id()).asString(""));
		if (event.has(SUBAGENT)) {
			closer.put(SUBAGENT, event.path(SUBAGENT).asString(""));
		}
		return closer;
	}

	private static ObjectNode node(String type) {
		return JsonMapper.shared().createObjectNode().put("type", type);
	}

	/** The event that closes a part, and the field that names it. */
	private record Part(String end, String id) {

	}

}
