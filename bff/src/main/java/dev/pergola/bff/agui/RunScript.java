package dev.pergola.bff.agui;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps the events of one run in the order AG-UI asks for: the start first, everything
 * opened closed, one end, nothing after it. Each method answers the events to hand on.
 * Not for use by several threads.
 */
public final class RunScript {

	private final String threadId;

	private final String runId;

	private final Deque<Span> open = new ArrayDeque<>();

	private Outcome outcome = Outcome.RUNNING;

	public RunScript(String threadId, String runId) {
		this.threadId = threadId;
		this.runId = runId;
	}

	public Outcome outcome() {
		return this.outcome;
	}

	public boolean isOver() {
		return this.outcome != Outcome.RUNNING;
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
		String type = AgUiEvents.type(event);
		if (isOver() || type.equals("RUN_STARTED") || type.equals("RAW")) {
			return List.of();
		}
		return switch (type) {
			case "RUN_FINISHED" -> finish(event);
			case "RUN_ERROR" -> end(Outcome.FAILED, List.of(), event.path("message").isString() ? event
					: AgUiEvents.runError("AGENT_FAILED", "The agent failed."));
			default -> track(type, event);
		};
	}

	/** The end of a run that was stopped on purpose: what is open is closed first. */
	public List<ObjectNode> cancel() {
		return isOver() ? List.of()
				: end(Outcome.CANCELLED, closers(), AgUiEvents.runFinished(this.threadId, this.runId, "cancelled"));
	}

	/**
	 * The end of a run that broke.
	 * @param code in capitals, for programs
	 * @param message for people
	 */
	public List<ObjectNode> fail(String code, String message) {
		return isOver() ? List.of() : end(Outcome.FAILED, List.of(), AgUiEvents.runError(code, message));
	}

	private List<ObjectNode> finish(ObjectNode event) {
		event.put("threadId", this.threadId).put("runId", this.runId);
		boolean cancelled = event.path("outcome").path("type").asString("").equals("cancelled");
		if (cancelled) {
			return end(Outcome.CANCELLED, closers(), event);
		}
		// To close it here would make half a message look whole.
		return this.open.isEmpty() ? end(Outcome.FINISHED, List.of(), event)
				: fail("AGENT_PROTOCOL", "The agent finished in the middle of something.");
	}

	private List<ObjectNode> track(String type, ObjectNode event) {
		Optional<Span> span = Span.of(type, event);
		if (span.isEmpty()) {
			return List.of(event);
		}
		boolean isOpen = this.open.contains(span.get());
		if (Span.isStart(type)) {
			if (isOpen) {
				return fail("AGENT_PROTOCOL", "The agent began something twice.");
			}
			this.open.push(span.get());
		}
		else if (!isOpen) {
			return fail("AGENT_PROTOCOL", "The agent went on with something it had not begun.");
		}
		else if (Span.isEnd(type)) {
			this.open.remove(span.get());
		}
		return List.of(event);
	}

	private List<ObjectNode> closers() {
		return this.open.stream().map(Span::close).toList();
	}

	private List<ObjectNode> end(Outcome end, List<ObjectNode> before, ObjectNode terminal) {
		this.outcome = end;
		this.open.clear();
		List<ObjectNode> events = new ArrayList<>(before);
		events.add(terminal);
		return events;
	}

}
