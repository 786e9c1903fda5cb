package dev.pergola.bff.agui;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes an AG-UI 1.1 stream of what an upstream tells: the start first, every event as
 * AG-UI knows it, everything opened closed, one end, nothing after it. Each method
 * answers the events to hand on. Not for use by several threads.
 */
public final class RunScript {

	private final String threadId;

	private final String runId;

	private final boolean raw;

	private final RetiredEvents retired;

	private final MessageNames names;

	private final Chunks chunks = new Chunks();

	private final OpenSpans open = new OpenSpans();

	private Outcome outcome = Outcome.RUNNING;

	private @Nullable ArrayNode usage;

	/** Told last, where it was a piece of a text. */
	private @Nullable ObjectNode piece;

	private @Nullable MoreText more;

	private long dropped;

	public RunScript(String threadId, String runId) {
		this(threadId, runId, MissingNode.getInstance(), false);
	}

	/**
	 * A script before its start.
	 * @param before AG-UI messages of the conversation
	 * @param raw whether vendors' own events, which may hold secrets, are handed on
	 */
	public RunScript(String threadId, String runId, JsonNode before, boolean raw) {
		this.threadId = threadId;
		this.runId = runId;
		this.raw = raw;
		this.retired = new RetiredEvents(runId);
		this.names = new MessageNames(runId, before);
	}

	public Outcome outcome() {
		return this.outcome;
	}

	public boolean isOver() {
		return this.outcome != Outcome.RUNNING;
	}

	/** Number of events that were dropped: of unknown types, and after the end. */
	public long dropped() {
		return this.dropped;
	}

	/** The start, given before the upstream has said anything. */
	public ObjectNode start() {
		return AgUiEvents.runStarted(this.threadId, this.runId);
	}

	/**
	 * Takes the upstream's next event.
	 * @return what viewers get instead; empty for a second start, for vendors' raw events
	 * and after the end
	 */
	public List<ObjectNode> accept(ObjectNode event) {
		forgetPiece();
		if (isOver()) {
			this.dropped++;
			return List.of();
		}
		try {
			ObjectNode own = this.names.own(this.retired.renew(event));
			if (isPlainPiece(own)) {
				this.piece = own;
				return List.of(own);
			}
			return take(own);
		}
		catch (MalformedEventException ex) {
			return fail("AGENT_PROTOCOL", "The agent does not speak AG-UI: " + ex.getMessage() + ".");
		}
	}

	/**
	 * Takes more of the text that was told last: there is nothing to check or to change.
	 * @return what viewers get, as JSON; {@code null} where the last was no piece of a
	 * text, or the run is over: the event has to be {@linkplain #accept taken} whole
	 */
	public byte @Nullable [] more(NextEvent next) {
		ObjectNode piece = this.piece;
		if (piece == null || !next.isMore()) {
			return null;
		}
		MoreText more = (this.more != null) ? this.more : new MoreText(piece, next);
		this.more = more;
		return more.bytes(next);
	}

	/** The end of a run that was stopped on purpose: what is open is closed first. */
	public List<ObjectNode> cancel() {
		return isOver() ? List.of() : end(Outcome.CANCELLED, this.open.closers(),
				AgUiEvents.runFinished(this.threadId, this.runId, "cancelled"));
	}

	/**
	 * The end of a run that broke.
	 * @param code in capitals, for programs
	 * @param message for people
	 */
	public List<ObjectNode> fail(String code, String message) {
		return isOver() ? List.of() : end(Outcome.FAILED, List.of(), AgUiEvents.runError(code, message));
	}

	/**
	 * Whether an event is more of what is open, and nothing else: nearly all are, and for
	 * these there is nothing to check or to change.
	 */
	private boolean isPlainPiece(ObjectNode event) {
		String kind = Deltas.kind(event);
		return !kind.isEmpty() && this.chunks.isEmpty() && this.open.isOwn(kind, Deltas.id(event));
	}

	private List<ObjectNode> take(ObjectNode event) {
		String type = AgUiEvents.type(event);
		Shape shape = Shapes.of(type);
		if (type.equals("RUN_FINISHED")) {
			event.put("threadId", this.threadId).put("runId", this.runId);
		}
		else if (type.equals("RUN_ERROR") && !event.path("message").isString()) {
			event.put("message", "The agent failed.");
		}
		if (shape == null || !prune(shape, event, type)) {
			this.dropped++;
			return List.of();
		}
		if (!this.raw) {
			event.remove("rawEvent");
		}
		return switch (type) {
			case "RUN_STARTED" -> List.of();
			case "RAW" -> this.raw ? List.of(event) : List.of();
			case "RUN_FINISHED" -> finish(event);
			case "RUN_ERROR" -> end(Outcome.FAILED, List.of(), event);
			case "CUSTOM" -> AgUiEvents.isUsage(event) ? keepUsage(event) : track(type, event);
			default -> track(type, event);
		};
	}

	private static boolean prune(Shape shape, ObjectNode event, String place) {
		try {
			return shape.prune(event);
		}
		catch (MalformedEventException ex) {
			throw ex.in(place);
		}
	}

	private List<ObjectNode> finish(ObjectNode event) {
		String kind = event.path("outcome").path("type").asString("success");
		if (kind.equals("cancelled")) {
			// A run that was stopped has no result.
			event.remove("result");
			return end(Outcome.CANCELLED, this.open.closers(), event);
		}
		List<ObjectNode> before = track("RUN_FINISHED", event);
		// To close it here would make half a message look whole.
		if (!this.open.isEmpty()) {
			return fail("AGENT_PROTOCOL", "The agent finished in the middle of something.");
		}
		if (kind.equals("interrupt")) {
			checkInterrupts(event.path("outcome").path("interrupts"));
		}
		return end(Outcome.FINISHED, before.subList(0, before.size() - 1), event);
	}

	private static void checkInterrupts(JsonNode interrupts) {
		long distinct = interrupts.valueStream().map((each) -> each.path("id").asString()).distinct().count();
		if (distinct < interrupts.size()) {
			throw new MalformedEventException("RUN_FINISHED.outcome.interrupts", "each of its own id");
		}
	}

	private List<ObjectNode> track(String type, ObjectNode event) {
		List<ObjectNode> written = this.chunks.write(type, event);
		written.forEach((each) -> this.open.take(AgUiEvents.type(each), each));
		return written;
	}

	// What a run costs so far is told with its end; one that is told wrongly is not told.
	private List<ObjectNode> keepUsage(ObjectNode event) {
		JsonNode value = event.path("value");
		ObjectNode end = AgUiEvents.runError("", "")
			.set("usage", value.isObject() ? AgUiEvents.list().add(value) : value);
		try {
			Shape shape = Shapes.of("RUN_ERROR");
			if (shape != null && prune(shape, end, "CUSTOM.value") && end.get("usage") instanceof ArrayNode told) {
				this.usage = told;
			}
		}
		catch (MalformedEventException ex) {
			this.dropped++;
		}
		return List.of();
	}

	private void forgetPiece() {
		this.piece = null;
		this.more = null;
	}

	private List<ObjectNode> end(Outcome end, List<ObjectNode> before, ObjectNode terminal) {
		forgetPiece();
		this.outcome = end;
		this.open.clear();
		this.chunks.clear();
		if (!terminal.has("usage") && this.usage != null) {
			terminal.set("usage", this.usage);
		}
		terminal.path("usage").forEach((each) -> TokenUsage.total((ObjectNode) each));
		List<ObjectNode> events = new ArrayList<>(before);
		events.add(terminal);
		return events;
	}

}
