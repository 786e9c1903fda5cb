package dev.pergola.bff.agents.operations;

import dev.pergola.bff.caller.Caller;
import dev.pergola.bff.caller.Callers;
import dev.pergola.bff.problem.BffException;
import dev.pergola.bff.problem.Failure;
import dev.pergola.bff.problem.Trace;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/** Runs of everybody, for people with the role {@code admin}. */
@RestController
@RequestMapping(path = "/agents/operations", produces = "application/json")
class OperationsController {

	private static final String ROLE = "admin";

	private static final int MAX_PAGE = 200;

	private static final int MAX_REASON = 500;

	private final Operations operations;

	private final Callers callers;

	OperationsController(Operations operations, Callers callers) {
		this.operations = operations;
		this.callers = callers;
	}

	/**
	 * {@code GET /agents/operations/runs}: runs, those asked for last first; {@code next}
	 * of a page is {@code before} of the following one.
	 */
	@GetMapping("/runs")
	Mono<Operations.RunPage> runs(ServerWebExchange exchange, @RequestParam(defaultValue = "") String state,
			@RequestParam(defaultValue = "") String team, @RequestParam(defaultValue = "") String agent,
			@RequestParam(defaultValue = "") String person, @RequestParam(defaultValue = "") String text,
			@RequestParam(defaultValue = "") String before, @RequestParam(defaultValue = "50") int limit) {
		return admin(exchange).flatMap((caller) -> this.operations
			.find(RunSearch.of(state, team, agent, person, text, before), Math.clamp(limit, 1, MAX_PAGE)));
	}

	/**
	 * {@code GET /agents/operations/runs/{id}}: one run, with what became of its program.
	 */
	@GetMapping("/runs/{id}")
	Mono<RunView> run(ServerWebExchange exchange, @PathVariable String id) {
		return admin(exchange).flatMap((caller) -> this.operations.get(id));
	}

	/** {@code GET /agents/operations/agents}: how agents and teams are doing. */
	@GetMapping("/agents")
	Mono<Operations.Overview> agents(ServerWebExchange exchange) {
		return admin(exchange).flatMap((caller) -> this.operations.overview());
	}

	/**
	 * {@code POST /agents/operations/runs/{id}/cancel}: has a run stopped, and says who
	 * did and why; may be repeated.
	 */
	@PostMapping("/runs/{id}/cancel")
	@ResponseStatus(HttpStatus.ACCEPTED)
	Mono<RunView> cancel(ServerWebExchange exchange, @PathVariable String id, @RequestBody Reason body) {
		return admin(exchange)
			.flatMap((caller) -> this.operations.cancel(id, caller, body.checked(), Trace.of(exchange).traceId()));
	}

	private Mono<Caller> admin(ServerWebExchange exchange) {
		return this.callers.caller(exchange).doOnNext((caller) -> {
			if (!caller.audience().roles().contains(ROLE)) {
				throw new BffException(Failure.FORBIDDEN, "Only administrators see the runs of others.");
			}
		});
	}

	/** Why something is done. */
	record Reason(@Nullable String reason) {

		// It stands in a line of the log, and may not end it.
		String checked() {
			String text = (this.reason == null) ? "" : this.reason.replaceAll("[\\p{Cntrl}\\s\"]+", " ").strip();
			if (text.isEmpty() || text.length() > MAX_REASON) {
				throw new BffException(Failure.BAD_REQUEST,
						"reason: missing, or too long (expected: at most %d characters).".formatted(MAX_REASON));
			}
			return text;
		}

	}

}
