package dev.pergola.bff.agui;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import tools.jackson.databind.node.ObjectNode;

/**
 * Writes out the short form of messages and calls, as AG-UI says under "The chunked
 * form": readers get start, content and end. Not for use by several threads.
 */
final class Chunks {

	/** What goes on beside an open chunk. */
	private static final Set<String> ASIDE = Set.of("RAW", "ACTIVITY_SNAPSHOT", "ACTIVITY_DELTA",
			"REASONING_ENCRYPTED_VALUE", "SUBAGENT_STARTED");

	private static final Set<String> OF_THE_RUN = Set.of("RUN_STARTED", "RUN_FINISHED", "RUN_ERROR",
			"MESSAGES_SNAPSHOT");

	/** What each owner has open in this form, one thing at a time. */
	private final Map<String, Opened> lanes = new LinkedHashMap<>();

	/**
	 * Takes an event.
	 * @return the same, or what it is short for; before it what ends with it
	 * @throws MalformedEventException when a chunk does not say what it goes on with
	 */
	List<ObjectNode> write(String type, ObjectNode event) {
		if (type.endsWith("_CHUNK")) {
			return chunk(type.substring(0, type.length() - "_CHUNK".length()), event);
		}
		List<ObjectNode> events = new ArrayList<>();
		if (OF_THE_RUN.contains(type)) {
			List.copyOf(this.lanes.keySet()).forEach((lane) -> close(lane, events));
		}
		else if (!ASIDE.contains(type)) {
			close(AgUiEvents.owner(event), events);
		}
		events.add(event);
		return events;
	}

	/** Whether nothing is open in the short form. */
	boolean isEmpty() {
		return this.lanes.isEmpty();
	}

	/** Forgets what is open: whoever stops the run closes it. */
	void clear() {
		this.lanes.clear();
	}

	private List<ObjectNode> chunk(String kind, ObjectNode chunk) {
		String field = kind.equals("TOOL_CALL") ? "toolCallId" : "messageId";
		String id = chunk.path(field).asString("");
		boolean tagged = chunk.has("subagentRunId");
		String lane = (tagged || !id.isEmpty()) ? lane(kind, id, tagged, chunk) : referent(kind);
		Opened open = this.lanes.get(lane);
		List<ObjectNode> events = new ArrayList<>();
		if (open == null || !open.kind().equals(kind) || !(id.isEmpty() || id.equals(open.id()))) {
			check(!id.isEmpty(), kind + "_CHUNK." + field);
			check(!kind.equals("TOOL_CALL") || chunk.has("toolCallName"), "TOOL_CALL_CHUNK.toolCallName");
			close(lane, events);
			open = new Opened(kind, field, id, lane, start(kind, chunk));
			this.lanes.put(lane, open);
			events.add(open.start());
			if (!chunk.path("delta").asString("").isEmpty()) {
				events.add(more(open, chunk, false));
			}
			return events;
		}
		checkRepeats(open, chunk);
		if (!chunk.path("delta").asString("").isEmpty() || chunk.has("metadata")) {
			events.add(more(open, chunk, true));
		}
		return events;
	}

	// A chunk with an id and no owner goes on with what has that id.
	private String lane(String kind, String id, boolean tagged, ObjectNode chunk) {
		if (!tagged) {
			for (Opened open : this.lanes.values()) {
				if (open.kind().equals(kind) && open.id().equals(id)) {
					return open.lane();
				}
			}
		}
		return AgUiEvents.owner(chunk);
	}

	private String referent(String kind) {
		Opened own = this.lanes.get("");
		if (own != null && own.kind().equals(kind)) {
			return "";
		}
		List<Opened> all = this.lanes.values().stream().filter((open) -> open.kind().equals(kind)).toList();
		check(all.size() < 2, kind + "_CHUNK");
		return all.isEmpty() ? "" : all.getFirst().lane();
	}

	private void close(String lane, List<ObjectNode> events) {
		Opened open = this.lanes.remove(lane);
		if (open != null) {
			events.add(new Span(open.kind(), open.id(), lane).close());
		}
	}

	private static void checkRepeats(Opened open, ObjectNode chunk) {
		for (String field : List.of("role", "name", "toolCallName", "parentMessageId")) {
			if (chunk.has(field)) {
				String before = open.start().path(field).asString(field.equals("role") ? "assistant" : "");
				check(before.equals(chunk.path(field).asString()), open.kind() + "_CHUNK." + field);
			}
		}
	}

	private static ObjectNode start(String kind, ObjectNode chunk) {
		ObjectNode start = chunk.deepCopy().put("type", kind + "_START");
		start.remove("delta");
		return kind.equals("REASONING_MESSAGE") ? start.put("role", "reasoning") : start;
	}

	private static ObjectNode more(Opened open, ObjectNode chunk, boolean withMetadata) {
		ObjectNode event = AgUiEvents.event(open.kind() + (open.kind().equals("TOOL_CALL") ? "_ARGS" : "_CONTENT"))
			.put(open.field(), open.id())
			.put("delta", chunk.path("delta").asString(""));
		if (!open.lane().isEmpty()) {
			event.put("subagentRunId", open.lane());
		}
		if (withMetadata && chunk.has("metadata")) {
			event.set("metadata", chunk.get("metadata"));
		}
		return event;
	}

	private static void check(boolean fits, String place) {
		if (!fits) {
			throw new MalformedEventException(place, "what it goes on with");
		}
	}

	/**
	 * Something begun by a chunk.
	 *
	 * @param field name of the field that holds the id
	 */
	private record Opened(String kind, String field, String id, String lane, ObjectNode start) {

	}

}
