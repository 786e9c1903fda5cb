package dev.pergola.bff.agents;

import java.time.Instant;
import java.util.Locale;

import dev.pergola.bff.caller.Callers;
import dev.pergola.bff.runlog.RunName;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/** Runs that were started before. */
@RestController
class RunsController {

	private final RunDirectory runs;

	private final RunViewer viewer;

	private final Callers callers;

	RunsController(RunDirectory runs, RunViewer viewer, Callers callers) {
		this.runs = runs;
		this.viewer = viewer;
		this.callers = callers;
	}

	/** {@code GET /agents/runs/{runId}}: how far the run is. */
	@GetMapping(path = "/agents/runs/{runId}", produces = "application/json")
	Mono<RunStatus> status(ServerWebExchange exchange, @PathVariable String runId) {
		return run(exchange, runId).map(RunsController::status);
	}

	/**
	 * {@code GET /agents/runs/{runId}/events}: events after {@code Last-Event-ID}, or
	 * after {@code last_event_id} where no header can be sent; 204 when the run is over
	 * and there are none.
	 */
	@GetMapping("/agents/runs/{runId}/events")
	Mono<Void> events(ServerWebExchange exchange, @PathVariable String runId,
			@RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
			@RequestParam(name = "last_event_id", required = false) @Nullable String firstEventId) {
		String cursor = (lastEventId != null) ? lastEventId : firstEventId;
		return this.callers.caller(exchange)
			.zipWhen((caller) -> run(exchange, runId))
			.flatMap((found) -> this.viewer.watch(exchange, found.getT1(), found.getT2(), cursor))
			.onErrorResume(RunViewer::isPassing, (ex) -> this.viewer.comeBack(exchange));
	}

	/** {@code POST /agents/runs/{runId}/cancel}: has the run stopped; may be repeated. */
	@PostMapping("/agents/runs/{runId}/cancel")
	@ResponseStatus(HttpStatus.ACCEPTED)
	Mono<Void> cancel(ServerWebExchange exchange, @PathVariable String runId) {
		return this.callers.caller(exchange)
			.flatMap((caller) -> this.runs.cancel(new RunName(RunRequest.owner(caller), runId)));
	}

	private Mono<Run> run(ServerWebExchange exchange, String runId) {
		return this.callers.caller(exchange)
			.flatMap((caller) -> this.runs.find(new RunName(RunRequest.owner(caller), runId)))
			.switchIfEmpty(Mono.error(RunViewer::unknownRun));
	}

	private static RunStatus status(Run run) {
		RunRequest request = run.request();
		return new RunStatus(request.input().runId(), request.input().threadId(), request.offer().module(),
				request.offer().agent().id(), run.outcome().name().toLowerCase(Locale.ROOT), run.startedAt(),
				run.endedAt(), run.log().head().toString());
	}

	/**
	 * A run as it is told of.
	 *
	 * @param status {@code running}, {@code finished}, {@code failed} or
	 * {@code cancelled}
	 */
	record RunStatus(String runId, String threadId, String module, String agent, String status, Instant startedAt,
			@Nullable Instant endedAt, String lastEventId) {

	}

}
