package dev.pergola.bff.agui;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What a run has open, and whom it belongs to. Not for use by several threads. */
final class OpenSpans {

	/** By {@link Span#key()}, the outermost first. */
	private final Map<String, Span> open = new LinkedHashMap<>();

	private final Owners owners = new Owners();

	private final Set<String> subagents = new HashSet<>();

	boolean isEmpty() {
		return this.open.isEmpty();
	}

	/** Whether something is open, and is the agent's own. */
	boolean isOwn(String kind, String id) {
		for (Span span : this.open.values()) {
			if (span.kind().equals(kind) && span.id().equals(id)) {
				return span.owner().isEmpty();
			}
		}
		return false;
	}

	/** Events that close everything, the innermost first. */
	List<ObjectNode> closers() {
		return List.copyOf(this.open.values()).reversed().stream().map(Span::close).toList();
	}

	void clear() {
		this.open.clear();
	}

	/**
	 * Takes an event.
	 * @throws MalformedEventException when it may not come now
	 */
	void take(String type, ObjectNode event) {
		switch (type) {
			case "MESSAGES_SNAPSHOT" -> this.owners.restate(event.path("messages"));
			case "ACTIVITY_SNAPSHOT", "ACTIVITY_DELTA", "TOOL_CALL_RESULT" ->
				this.owners.mention(type, event.path("messageId").asString(""), AgUiEvents.owner(event));
			default -> {
				// The others belong to a span, or to nothing.
			}
		}
		Span span = Span.of(type, event).orElse(null);
		if (span == null) {
			return;
		}
		Span opened = this.open.get(span.key());
		if (Span.isStart(type)) {
			start(type, event, span, opened);
			return;
		}
		if (opened == null) {
			throw new MalformedEventException(type, "that it was begun");
		}
		// A tag may be left out, but not be another.
		check(span.owner().isEmpty() || span.owner().equals(opened.owner()), type, ".subagentRunId", "as it was begun");
		if (Span.isEnd(type)) {
			this.open.remove(span.key());
		}
	}

	private void start(String type, ObjectNode event, Span span, @Nullable Span opened) {
		check(opened == null, type, "", "that what was begun ends first");
		if (span.kind().equals("SUBAGENT")) {
			String parent = event.path("parentSubagentRunId").asString("");
			check(parent.isEmpty() || this.subagents.contains(parent), type, ".parentSubagentRunId",
					"one that was begun");
			check(this.subagents.add(span.id()), type, ".subagentRunId", "a new one");
		}
		else if (!span.kind().equals("STEP")) {
			this.owners.take(type, Owners.Kind.of(span.kind()), span.id(), span.owner());
		}
		if (span.kind().equals("TOOL_CALL")) {
			String parent = event.path("parentMessageId").asString("");
			this.owners.check(type, Owners.Kind.MESSAGE, parent, span.owner());
		}
		this.open.put(span.key(), span);
	}

	private static void check(boolean fits, String type, String field, String expected) {
		if (!fits) {
			throw new MalformedEventException(type + field, expected);
		}
	}

}
