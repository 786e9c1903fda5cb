package dev.pergola.bff.agents;

import java.util.List;
import java.util.Locale;

import dev.pergola.bff.caller.Caller;
import dev.pergola.bff.caller.Callers;
import dev.pergola.bff.problem.BffException;
import dev.pergola.bff.problem.Failure;
import dev.pergola.bff.problem.Trace;
import dev.pergola.bff.runlog.RunName;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/** Agents, and the start of their runs. */
@RestController
class AgentsController {

	private final AgentDirectory directory;

	private final RunStarter starter;

	private final RunDirectory runs;

	private final AgentContexts contexts;

	private final RunViewer viewer;

	private final Callers callers;

	private final AgentProperties properties;

	AgentsController(AgentDirectory directory, RunStarter starter, RunDirectory runs, RunViewer viewer, Callers callers,
			AgentProperties properties) {
		this.directory = directory;
		this.starter = starter;
		this.runs = runs;
		this.contexts = new AgentContexts(runs);
		this.viewer = viewer;
		this.callers = callers;
		this.properties = properties;
	}

	/** {@code GET /agents}: those this person may use. */
	@GetMapping(path = "/agents", produces = "application/json")
	Mono<List<ListedAgent>> list(ServerWebExchange exchange, @Nullable Locale locale) {
		Locale language = (locale != null) ? locale : Locale.ENGLISH;
		return this.callers.caller(exchange)
			.map((caller) -> this.directory.list(caller).stream().map((offer) -> listed(offer, language)).toList());
	}

	/**
	 * {@code POST /agents/{module}/{agent}/runs}: starts a run, or goes on watching the
	 * one of the same {@code runId}.
	 */
	@PostMapping("/agents/{module}/{agent}/runs")
	Mono<Void> start(ServerWebExchange exchange, @PathVariable String module, @PathVariable String agent,
			@RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId) {
		return Mono.zip(this.callers.caller(exchange), this.callers.accessTokens(exchange), body(exchange))
			.flatMap((given) -> {
				Caller caller = given.getT1();
				AgentOffer offer = this.directory.get(caller, module, agent);
				RunRequest request = new RunRequest(offer, RunInput.parse(given.getT3()), caller, given.getT2(),
						Trace.of(exchange));
				return run(request, lastEventId)
					.flatMap((run) -> this.viewer.watchStarted(exchange, caller, run, lastEventId));
			});
	}

	/** {@code GET /agents/{module}/{agent}/runs?runId=…&offset=-1}: watches a run. */
	@GetMapping("/agents/{module}/{agent}/runs")
	Mono<Void> join(ServerWebExchange exchange, @PathVariable String module, @PathVariable String agent,
			@RequestParam String runId, @RequestParam(defaultValue = "-1") String offset,
			@RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId) {
		String cursor = (lastEventId != null) ? lastEventId : offset.equals("-1") ? null : offset;
		return this.callers.caller(exchange)
			.zipWhen((caller) -> this.runs.find(new RunName(RunRequest.owner(caller), runId))
				.filter((found) -> found.request().offer().module().equals(module)
						&& found.request().offer().agent().id().equals(agent))
				.switchIfEmpty(Mono.error(RunViewer::unknownRun)))
			.flatMap((found) -> this.viewer.watch(exchange, found.getT1(), found.getT2(), cursor))
			.onErrorResume(RunViewer::isPassing, (ex) -> this.viewer.comeBack(exchange));
	}

	// A client that names a cursor has seen the run; to start it again would do its work
	// twice.
	private Mono<Run> run(RunRequest request, @Nullable String lastEventId) {
		if (lastEventId != null) {
			return this.runs.findSame(request).switchIfEmpty(Mono.error(RunViewer::unknownRun));
		}
		if (this.viewer.isStopping()) {
			return Mono.error(RunViewer::stopping);
		}
		this.viewer.checkRoom(request);
		return this.contexts.in(request).flatMap(this.starter::start);
	}

	private Mono<byte[]> body(ServerWebExchange exchange) {
		int limit = Math.toIntExact(this.properties.maxInput().toBytes());
		return DataBufferUtils.join(exchange.getRequest().getBody(), limit)
			.map(AgentsController::bytes)
			.onErrorMap(DataBufferLimitException.class,
					(ex) -> new BffException(Failure.BODY_TOO_LARGE, "The request is over %d bytes.".formatted(limit)))
			.switchIfEmpty(Mono.error(() -> new BffException(Failure.BAD_RUN_INPUT, "The body is empty.")));
	}

	private static byte[] bytes(DataBuffer buffer) {
		byte[] bytes = new byte[buffer.readableByteCount()];
		buffer.read(bytes);
		DataBufferUtils.release(buffer);
		return bytes;
	}

	private static ListedAgent listed(AgentOffer offer, Locale locale) {
		return new ListedAgent(offer.module(), offer.agent().id(), offer.agent().titleIn(locale));
	}

	/** An agent as it is listed. */
	record ListedAgent(String module, String id, String title) {

	}

}
