package dev.pergola.bff.agents;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

import dev.pergola.bff.agui.AgUiEvents;
import dev.pergola.bff.agui.Deltas;
import dev.pergola.bff.agui.Outcome;
import dev.pergola.bff.agui.RunScript;
import dev.pergola.bff.runlog.RunRecord;
import dev.pergola.bff.streams.CursorLog;
import dev.pergola.bff.streams.EventId;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import tools.jackson.databind.node.ObjectNode;

/** One run: what was asked, what has happened, and whether it is over. */
final class Run {

	private final RunRequest request;

	private final RunFacts facts;

	private final AgentProperties properties;

	private final CursorLog<byte[]> log;

	private final Disposable.Swap upstream = Disposables.swap();

	private final Sinks.Empty<Void> ended = Sinks.empty();

	private final Instant startedAt;

	// Guarded by this, as is the order of appends.
	private final RunScript script;

	private final UpstreamNames upstreamNames = new UpstreamNames();

	private volatile List<ObjectNode> interrupts = List.of();

	private volatile @Nullable String answers;

	private volatile boolean taken;

	private volatile @Nullable Instant endedAt;

	/** Where the end was elsewhere. */
	private volatile @Nullable Instant knownEnd;

	private volatile Instant watchedAt;

	private volatile boolean cancelling;

	private volatile RunListener listener = RunListener.NONE;

	// Guarded by this: whether the listener knows that the agent speaks.
	private boolean heard;

	Run(RunRequest request, AgentProperties properties, long epoch, Instant now) {
		this.request = request;
		this.facts = request.facts();
		this.properties = properties;
		this.startedAt = now;
		this.watchedAt = now;
		this.script = new RunScript(request.input().threadId(), request.input().runId(), request.input().messages(),
				properties.raw());
		// One more than is accepted, so that the event that tells of the limit fits.
		this.log = CursorLog.ofBytes(epoch,
				new CursorLog.Bounds(Integer.MAX_VALUE, Long.MAX_VALUE, properties.maxLag()));
	}

	/** A run that begins: its first event is in the log. */
	static Run begin(RunRequest request, AgentProperties properties, long epoch, Instant now) {
		Run run = new Run(request, properties, epoch, now);
		run.start();
		return run;
	}

	/** A run that was begun elsewhere, without its events. */
	static Run replica(RunRecord record, AgentProperties properties, Instant now) {
		RunRecord.Progress progress = record.progress();
		Run run = new Run(StoredRequest.read(record.facts()), properties, progress.epochs().getFirst(),
				record.startedAt());
		progress.epochs().forEach(run.log::beginEpoch);
		run.watchedAt = now;
		run.answers = record.answers();
		run.knownEnd = progress.endedAt();
		run.cancelling = progress.cancelling();
		return run;
	}

	/** Tells of the start, as the first event. */
	synchronized void start() {
		append(List.of(this.script.start()));
	}

	/**
	 * Takes an event from another node's log of this run, which goes on there: but for
	 * the end, nobody here has to know what it says.
	 */
	synchronized void show(EventId id, byte[] event) {
		if (AgUiEvents.isEnd(event)) {
			restore(id, event);
		}
		else if (this.log.restore(id, event, event.length)) {
			// The first is the start, which the portal tells itself.
			this.taken |= id.sequence() > 1;
		}
	}

	/** Takes an event from another node's log of this run, to go on with it here. */
	synchronized void restore(EventId id, byte[] event) {
		AgUiEvents.parse(new String(event, StandardCharsets.UTF_8)).ifPresent((parsed) -> {
			if (this.log.restore(id, event, event.length)) {
				this.script.accept(parsed);
				note(parsed);
				endIfOver();
			}
		});
	}

	/** Names this run's answers are to. */
	void answers(String runId) {
		this.answers = runId;
	}

	@Nullable String answers() {
		return this.answers;
	}

	/** Has somebody hear of the run from now on, if it is going. */
	synchronized void listen(RunListener next) {
		if (!isOver() && this.listener != next) {
			this.listener = next;
			this.heard = false;
			next.onBegin(this.facts, this.startedAt);
		}
	}

	RunFacts facts() {
		return this.facts;
	}

	RunRequest request() {
		return this.request;
	}

	CursorLog<byte[]> log() {
		return this.log;
	}

	/** Size of its events, and of what was asked. */
	long bytes() {
		return this.log.bytes() + this.request.input().bytes();
	}

	Disposable.Swap upstream() {
		return this.upstream;
	}

	Instant startedAt() {
		return this.startedAt;
	}

	@Nullable Instant endedAt() {
		return this.endedAt;
	}

	synchronized Outcome outcome() {
		return this.script.outcome();
	}

	/** Number of the upstream's events that were dropped. */
	synchronized long dropped() {
		return this.script.dropped();
	}

	boolean isOver() {
		return this.endedAt != null;
	}

	/** Completes when the last event is in the log. */
	Mono<Void> ended() {
		return this.ended.asMono();
	}

	/** Takes an event of the upstream; over a limit, the run ends. */
	synchronized void accept(UpstreamEvent told) {
		this.taken = true;
		byte[] more = this.heard ? this.script.more(told.next()) : null;
		if (more != null) {
			append(more);
		}
		else {
			take(told.next().event());
		}
		this.upstreamNames.add(this.log.last(), told.id());
		if (!isOver() && (this.log.size() >= this.properties.maxEvents()
				|| this.log.bytes() >= this.properties.maxBytes().toBytes())) {
			fail("RUN_TOO_LARGE", "The run has produced more than is allowed.");
		}
	}

	private void take(ObjectNode event) {
		append(this.script.accept(event));
		if (!isOver() && AgUiEvents.isUsage(event)) {
			this.listener.onEvent(this.facts, event);
		}
	}

	/**
	 * Ends the run without a result.
	 * @return {@code false} when it was over, or is another node's
	 */
	synchronized boolean fail(String code, String message) {
		boolean going = !isOver();
		append(this.script.fail(code, message));
		return going && isOver();
	}

	synchronized void cancelled() {
		append(this.script.cancel());
	}

	/**
	 * Marks the run as being cancelled; one that is over waits for no answer any more.
	 * @return {@code false} when it already was, or is over
	 */
	synchronized boolean beginCancel() {
		boolean first = !this.cancelling && !isOver();
		this.cancelling = true;
		return first;
	}

	/**
	 * How long nobody has watched.
	 * @return when the last viewer was seen, {@code now} while there is one
	 */
	Instant watchedAt(Instant now) {
		if (this.log.readers() > 0) {
			this.watchedAt = now;
		}
		return this.watchedAt;
	}

	/** Somebody at another node watches. */
	void watched(Instant now) {
		this.watchedAt = now;
	}

	boolean isCancelling() {
		return this.cancelling;
	}

	/** Whether the agent has begun with it. */
	boolean isTaken() {
		return this.taken;
	}

	/** What the run ended with and waits for; empty while it is going. */
	List<ObjectNode> interrupts() {
		return this.interrupts;
	}

	/** What the upstream calls its events. */
	UpstreamNames upstreamNames() {
		return this.upstreamNames;
	}

	/** How far the run is. */
	synchronized RunRecord.Progress progress() {
		String questions = this.interrupts.isEmpty() ? "" : this.interrupts.toString();
		return new RunRecord.Progress(this.log.epochs(), this.log.head().sequence(), null, outcome().name(),
				this.endedAt, this.cancelling, questions, this.taken);
	}

	private void append(byte[] event) {
		// Another node writes one that is closed.
		if (!this.log.isClosed()) {
			this.log.append(event, event.length);
		}
	}

	private void append(List<ObjectNode> events) {
		if (this.log.isClosed()) {
			// Another node writes it now.
			return;
		}
		for (ObjectNode event : events) {
			append(AgUiEvents.bytes(event));
			note(event);
			tell(event);
		}
		endIfOver();
	}

	private void tell(ObjectNode event) {
		boolean piece = Deltas.isPiece(event);
		if (!piece || !this.heard) {
			this.listener.onEvent(this.facts, event);
		}
		this.heard |= piece;
	}

	private void note(ObjectNode event) {
		switch (AgUiEvents.type(event)) {
			case "RUN_FINISHED" -> {
				if (event.path("outcome").path("type").asString("").equals("interrupt")) {
					this.interrupts = event.path("outcome")
						.path("interrupts")
						.valueStream()
						.filter(ObjectNode.class::isInstance)
						.map(ObjectNode.class::cast)
						.toList();
				}
			}
			case "RUN_STARTED", "RUN_ERROR" -> {
			}
			default -> this.taken = true;
		}
	}

	private void endIfOver() {
		if (this.script.isOver() && this.endedAt == null) {
			this.endedAt = (this.knownEnd != null) ? this.knownEnd : Instant.now();
			this.log.close();
			this.ended.tryEmitEmpty();
			this.upstream.dispose();
		}
	}

}
