package dev.pergola.bff.agui;

import java.util.Map;
import java.util.Optional;

import tools.jackson.databind.node.ObjectNode;

/**
 * Something a run opens and has to close.
 *
 * @param kind such as {@code TEXT_MESSAGE}
 * @param id names it among those of its kind; empty where there is one at a time
 */
record Span(String kind, String id) {

	/** Kind and the field that names one of it. */
	private static final Map<String, String> KINDS = Map.of("TEXT_MESSAGE", "messageId", "TOOL_CALL", "toolCallId",
			"REASONING_MESSAGE", "messageId", "REASONING", "messageId", "THINKING", "", "THINKING_TEXT_MESSAGE", "",
			"STEP", "stepName");

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
			.map((name) -> new Span(kind, name.isEmpty() ? "" : event.path(name).asString("")));
	}

	static boolean isStart(String type) {
		return type.endsWith("_START") || type.endsWith("_STARTED");
	}

	static boolean isEnd(String type) {
		return type.endsWith("_END") || type.endsWith("_FINISHED");
	}

	ObjectNode close() {
		ObjectNode event = AgUiEvents.event(this.kind + (this.kind.equals("STEP") ? "_FINISHED" : "_END"));
		String field = KINDS.getOrDefault(this.kind, "");
		return field.isEmpty() ? event : event.put(field, this.id);
	}

	// CHUNK and RESULT stand alone.
	private static boolean isPart(String suffix) {
		return switch (suffix) {
			case "START", "STARTED", "CONTENT", "ARGS", "END", "FINISHED" -> true;
			default -> false;
		};
	}

}
