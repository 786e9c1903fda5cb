package dev.pergola.bff.agents;

import java.util.ArrayList;
import java.util.List;

import dev.pergola.bff.agui.AgUiEvents;
import dev.pergola.bff.agui.Deltas;
import dev.pergola.bff.caller.Caller;
import dev.pergola.bff.problem.BffException;
import dev.pergola.bff.problem.Failure;
import dev.pergola.bff.streams.CursorLog;
import dev.pergola.bff.streams.Ending;
import dev.pergola.bff.streams.EventId;
import dev.pergola.bff.streams.EventStreams;
import dev.pergola.bff.streams.LogEntry;
import dev.pergola.bff.streams.SseFrames;
import dev.pergola.bff.streams.StreamContent;
import dev.pergola.bff.streams.Watcher;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ServerWebExchange;

/** Lets people watch runs: from the start, or after the last event they saw. */
final class RunViewer {

	private static final byte[] SIGNED_OUT = AgUiEvents.bytes(AgUiEvents.custom("pergola.signed-out"));

	/** Pieces of text that are behind come together, up to this size. */
	private static final Deltas DELTAS = new Deltas(16 * 1024);

	private final EventStreams streams;

	RunViewer(EventStreams streams) {
		this.streams = streams;
	}

	/**
	 * Answers with the events of a run that was asked for by {@code POST}: such a stream
	 * ends with the run or is cut, as clients take a clean end for success.
	 */
	Mono<Void> watchStarted(ServerWebExchange exchange, Caller caller, Run run, @Nullable String lastEventId) {
		return watch(exchange, caller, run, lastEventId, Ending.ABORT);
	}

	/**
	 * Answers with the events of a run; may ask the client to come back before its end.
	 */
	Mono<Void> watch(ServerWebExchange exchange, Caller caller, Run run, @Nullable String lastEventId) {
		return watch(exchange, caller, run, lastEventId, Ending.HAND_OVER);
	}

	/** Whether this process is about to stop, and no run is to begin here. */
	boolean isStopping() {
		return this.streams.isStopping();
	}

	static BffException stopping() {
		return new BffException(Failure.RUNS_UNAVAILABLE, "This part of the portal is about to stop.");
	}

	/** Whether it may be better in a moment. */
	static boolean isPassing(Throwable ex) {
		return ex instanceof BffException bff && bff.failure() == Failure.RUNS_UNAVAILABLE;
	}

	/** Answers that the client is to come back later. */
	Mono<Void> comeBack(ServerWebExchange exchange) {
		return this.streams.comeBack(exchange);
	}

	/**
	 * The same answer for a run that is not there and for one that is somebody else's.
	 */
	static BffException unknownRun() {
		return new BffException(Failure.UNKNOWN_RUN, "There is no such run.");
	}

	/**
	 * Looks whether a run could be watched that has not begun.
	 * @throws BffException when too many are watched
	 */
	void checkRoom(RunRequest request) {
		this.streams.checkRoom(watcher(request.caller(), request.offer(), Ending.ABORT));
	}

	private static Watcher watcher(Caller caller, AgentOffer offer, Ending ending) {
		return new Watcher(caller.key(), offer.team(), ending);
	}

	private Mono<Void> watch(ServerWebExchange exchange, Caller caller, Run run, @Nullable String lastEventId,
			Ending ending) {
		EventId cursor = (lastEventId != null) ? place(run, lastEventId) : null;
		boolean exact = (cursor != null) ? run.log().covers(cursor) : run.log().isWhole();
		if (!exact && !run.log().isWhole()) {
			throw new BffException(Failure.HISTORY_LOST, "Nobody has this part of the run any more.");
		}
		HttpHeaders headers = exchange.getResponse().getHeaders();
		headers.set("Pergola-Run-Id", run.request().input().runId());
		headers.set("Pergola-Replay", exact ? "exact" : "snapshot");
		if (run.isOver() && run.log().head().equals(cursor)) {
			exchange.getResponse().setStatusCode(HttpStatus.NO_CONTENT);
			return exchange.getResponse().setComplete();
		}
		EventId start = (cursor != null) ? cursor : run.log().start();
		return this.streams.write(exchange, watcher(caller, run.request().offer(), ending),
				new Events(exact ? run.log().after(cursor, DELTAS) : snapshot(run, start), run.log(), start));
	}

	// An id of another run tells nothing, not even that it is one.
	private static EventId place(Run run, String lastEventId) {
		return EventId.parse(lastEventId)
			.filter((id) -> run.log().hasEpoch(id.epoch()))
			.orElseThrow(RunViewer::unknownRun);
	}

	/**
	 * Where the run is, then what follows. All but the last of the events that say where
	 * it is carry the place the client came with, so that one that is cut among them gets
	 * them again.
	 */
	private static Flux<LogEntry<byte[]>> snapshot(Run run, EventId lost) {
		if (run.log().size() == 0) {
			return run.log().after(null, DELTAS);
		}
		return Mono.fromCallable(() -> now(run, lost))
			.subscribeOn(Schedulers.boundedElastic())
			.flatMapMany((now) -> Flux.fromIterable(now).concatWith(run.log().after(now.getLast().id(), DELTAS)));
	}

	private static List<LogEntry<byte[]>> now(Run run, EventId lost) {
		List<LogEntry<byte[]>> all = run.log().slice(0, Integer.MAX_VALUE, Long.MAX_VALUE);
		// The end is told as an event of its own.
		EventId place = all.get(run.isOver() ? Math.max(0, all.size() - 2) : all.size() - 1).id();
		List<LogEntry<byte[]>> now = new ArrayList<>();
		for (ObjectNode event : Transcripts.upTo(run, place.sequence()).prelude()) {
			byte[] bytes = AgUiEvents.bytes(event);
			now.add(new LogEntry<>(lost, bytes, bytes.length));
		}
		LogEntry<byte[]> newest = now.removeLast();
		now.add(new LogEntry<>(place, newest.value(), newest.bytes()));
		return now;
	}

	/** Events of a run, from a place on. */
	private static final class Events implements StreamContent<LogEntry<byte[]>> {

		private final Flux<LogEntry<byte[]>> entries;

		private final CursorLog<byte[]> log;

		private EventId last;

		Events(Flux<LogEntry<byte[]>> entries, CursorLog<byte[]> log, EventId start) {
			this.entries = entries;
			this.log = log;
			this.last = start;
		}

		@Override
		public Flux<LogEntry<byte[]>> items() {
			return this.entries;
		}

		@Override
		public byte[] frame(LogEntry<byte[]> entry) {
			this.last = entry.id();
			return SseFrames.event(entry.id(), entry.value());
		}

		@Override
		public boolean hasMore() {
			return this.last.sequence() < this.log.last();
		}

		@Override
		public byte[] signedOut() {
			return SseFrames.event(this.last, SIGNED_OUT);
		}

	}

}
