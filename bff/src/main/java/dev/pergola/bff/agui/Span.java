package dev.pergola.bff.agui;

import java.util.Map;
import java.util.Optional;

import tools.jackson.databind.node.ObjectNode;

/**
 * Something a run opens and has to close.
 *
 * @param kind such as {@code TEXT_MESSAGE}
 * @param id names it among those of its kind; steps among those of their owner
 * @param owner {@code subagentRunId} of the opening event, empty for the agent itself
 */
record Span(String kind, String id, String owner) {

	/** Kind and the field that names one of it. */
	private static final Map<String, String> KINDS = Map.of("TEXT_MESSAGE", "messageId", "TOOL_CALL", "toolCallId",
			"REASONING_MESSAGE", "messageId", "REASONING", "messageId", "STEP", "stepName", "SUBAGENT",
			"subagentRunId");

	/**
	 * The span an event belongs to.
	 * @return empty for events that stand alone
	 */
	static Optional<Span> of(String type, ObjectNode event) {
		int underscore = type.lastIndexOf('_');
		if (underscore < 0 || !isPart(type.substring(underscore + 1))) {
			return Optional.empty();
		}
		String kind = type.substring(0, underscore);
		String field = KINDS.get(kind);
		return Optional.ofNullable(field)
			.map((name) -> new Span(kind, event.path(name).asString(""),
					kind.equals("SUBAGENT") ? "" : AgUiEvents.owner(event)));
	}

	static boolean isStart(String type) {
		return type.endsWith("_START") || type.endsWith("_STARTED");
	}

	static boolean isEnd(String type) {
		return type.endsWith("_END") || type.endsWith("_FINISHED") || type.equals("SUBAGENT_ERROR");
	}

	/** What no two open spans share. */
	String key() {
		return this.kind + '\n' + this.id + (this.kind.equals("STEP") ? '\n' + this.owner : "");
	}

	/** The event that closes it when the run is stopped. */
	ObjectNode close() {
		if (this.kind.equals("SUBAGENT")) {
			// Its end without an outcome would be a success.
			return AgUiEvents.event("SUBAGENT_ERROR")
				.put("subagentRunId", this.id)
				.put("message", "Stopped with the run.")
				.put("code", "CANCELLED");
		}
		ObjectNode event = AgUiEvents.event(this.kind + (this.kind.equals("STEP") ? "_FINISHED" : "_END"))
			.put(KINDS.getOrDefault(this.kind, ""), this.id);
		return this.owner.isEmpty() ? event : event.put("subagentRunId", this.owner);
	}

	// CHUNK and RESULT stand alone.
	private static boolean isPart(String suffix) {
		return switch (suffix) {
			case "START", "STARTED", "CONTENT", "ARGS", "END", "FINISHED", "ERROR" -> true;
			default -> false;
		};
	}

}
