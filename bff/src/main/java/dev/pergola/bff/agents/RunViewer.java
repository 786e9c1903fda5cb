package dev.pergola.bff.agents;

import dev.pergola.bff.caller.Caller;
import dev.pergola.bff.problem.BffException;
import dev.pergola.bff.problem.Failure;
import dev.pergola.bff.streams.Ending;
import dev.pergola.bff.streams.EventId;
import dev.pergola.bff.streams.EventStreams;
import dev.pergola.bff.streams.SseFrames;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ServerWebExchange;

/** Lets people watch runs: from the start, or after the last event they saw. */
final class RunViewer {

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

	/**
	 * The same answer for a run that is not there and for one that is somebody else's.
	 */
	static BffException unknownRun() {
		return new BffException(Failure.UNKNOWN_RUN, "There is no such run.");
	}

	private Mono<Void> watch(ServerWebExchange exchange, Caller caller, Run run, @Nullable String lastEventId,
			Ending ending) {
		EventId cursor = null;
		if (lastEventId != null) {
			cursor = EventId.parse(lastEventId).filter(run.log()::covers).orElseThrow(RunViewer::unknownRun);
		}
		HttpHeaders headers = exchange.getResponse().getHeaders();
		headers.set("Pergola-Run-Id", run.request().input().runId());
		headers.set("Pergola-Replay", "exact");
		if (run.isOver() && run.log().head().equals(cursor)) {
			exchange.getResponse().setStatusCode(HttpStatus.NO_CONTENT);
			return exchange.getResponse().setComplete();
		}
		Flux<byte[]> frames = run.log().after(cursor).map((entry) -> SseFrames.event(entry.id(), entry.value()));
		return this.streams.write(exchange, caller.key(), frames, ending);
	}

}
