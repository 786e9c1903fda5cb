package dev.pergola.bff.agents;

import java.time.Instant;
import java.util.List;

import dev.pergola.bff.agui.AgUiEvents;
import dev.pergola.bff.agui.Outcome;
import dev.pergola.bff.agui.RunScript;
import dev.pergola.bff.streams.CursorLog;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import tools.jackson.databind.node.ObjectNode;

/** One run: what was asked, what has happened, and whether it is over. */
final class Run {

	private final RunRequest request;

	private final AgentProperties properties;

	private final CursorLog<byte[]> log;

	private final Disposable.Swap upstream = Disposables.swap();

	private final Sinks.Empty<Void> ended = Sinks.empty();

	private final Instant startedAt;

	// Guarded by this, as is the order of appends.
	private final RunScript script;

	private volatile @Nullable Instant endedAt;

	private volatile Instant watchedAt;

	private volatile boolean cancelling;

	Run(RunRequest request, AgentProperties properties, long epoch, Instant now) {
		this.request = request;
		this.properties = properties;
		this.startedAt = now;
		this.watchedAt = now;
		this.script = new RunScript(request.input().threadId(), request.input().runId());
		// One more than is accepted, so that the event that tells of the limit fits.
		this.log = new CursorLog<>(epoch, new CursorLog.Bounds(Integer.MAX_VALUE, Long.MAX_VALUE, properties.maxLag()));
		append(List.of(this.script.start()));
	}

	RunRequest request() {
		return this.request;
	}

	CursorLog<byte[]> log() {
		return this.log;
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

	boolean isOver() {
		return this.endedAt != null;
	}

	/** Completes when the last event is in the log. */
	Mono<Void> ended() {
		return this.ended.asMono();
	}

	/** Takes an event of the upstream; over a limit, the run ends. */
	synchronized void accept(ObjectNode event) {
		append(this.script.accept(event));
		if (!isOver() && (this.log.size() >= this.properties.maxEvents()
				|| this.log.bytes() >= this.properties.maxBytes().toBytes())) {
			fail("RUN_TOO_LARGE", "The run has produced more than is allowed.");
		}
	}

	synchronized void fail(String code, String message) {
		append(this.script.fail(code, message));
	}

	synchronized void cancelled() {
		append(this.script.cancel());
	}

	/**
	 * Marks the run as being cancelled.
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

	private void append(List<ObjectNode> events) {
		for (ObjectNode event : events) {
			byte[] bytes = AgUiEvents.bytes(event);
			this.log.append(bytes, bytes.length);
		}
		if (this.script.isOver() && this.endedAt == null) {
			this.endedAt = Instant.now();
			this.log.close();
			this.ended.tryEmitEmpty();
			this.upstream.dispose();
		}
	}

}
