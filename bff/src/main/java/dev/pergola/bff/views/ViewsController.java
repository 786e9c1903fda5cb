package dev.pergola.bff.views;

import java.nio.charset.StandardCharsets;
import java.util.List;

import dev.pergola.bff.caller.Caller;
import dev.pergola.bff.caller.Callers;
import dev.pergola.bff.catalog.LiveModules;
import dev.pergola.bff.limits.Party;
import dev.pergola.bff.problem.BffException;
import dev.pergola.bff.problem.Failure;
import dev.pergola.bff.problem.Trace;
import dev.pergola.bff.server.PathSegments;
import dev.pergola.bff.streams.Ending;
import dev.pergola.bff.streams.EventStreams;
import dev.pergola.bff.streams.SseFrames;
import dev.pergola.bff.streams.StreamContent;
import dev.pergola.bff.streams.Watcher;
import dev.pergola.manifests.Manifest;
import dev.pergola.manifests.catalog.CatalogModule;
import dev.pergola.manifests.catalog.Resolver;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/** Views of modules. */
@RestController
class ViewsController {

	private final LiveModules modules;

	private final ViewPlans plans;

	private final SharedCalls shared;

	private final Callers callers;

	private final EventStreams streams;

	private final WholeAnswers answers;

	private final ViewMeters meters;

	private final ViewProperties properties;

	ViewsController(LiveModules modules, ViewPlans plans, SharedCalls shared, Callers callers, EventStreams streams,
			WholeAnswers answers, ViewMeters meters, ViewProperties properties) {
		this.modules = modules;
		this.plans = plans;
		this.shared = shared;
		this.callers = callers;
		this.streams = streams;
		this.answers = answers;
		this.meters = meters;
		this.properties = properties;
	}

	/**
	 * {@code GET /views/{module}/{view path}}: all parts in one answer, or each as it
	 * comes to a client that accepts {@code text/event-stream}.
	 */
	@GetMapping("/views/{module}/**")
	Mono<Void> view(ServerWebExchange exchange, @PathVariable String module) {
		return Mono.zip(this.callers.caller(exchange), this.callers.accessToken(exchange)).flatMap((given) -> {
			ViewPlans.Match match = match(given.getT1(), module, PathSegments.of(exchange).skip(2).toList());
			String language = exchange.getRequest().getHeaders().getFirst(HttpHeaders.ACCEPT_LANGUAGE);
			ViewRequest request = new ViewRequest(given.getT2(), Party.of(given.getT1()), match.plan().module(),
					Trace.of(exchange), (language != null) ? language : "");
			ViewRun run = new ViewRun(match, request, this.shared, this.meters, this.properties);
			boolean stream = exchange.getRequest()
				.getHeaders()
				.getAccept()
				.stream()
				.anyMatch((type) -> type.equalsTypeAndSubtype(MediaType.TEXT_EVENT_STREAM));
			return stream ? stream(exchange, given.getT1(), run) : this.answers.write(exchange, match, request, run);
		});
	}

	private Mono<Void> stream(ServerWebExchange exchange, Caller caller, ViewRun run) {
		Flux<byte[]> parts = run.parts().map((part) -> SseFrames.data(ViewAnswer.event(part)));
		Mono<byte[]> end = Mono.fromSupplier(() -> end("{\"complete\":%s}".formatted(run.answer().isComplete())));
		Flux<byte[]> frames = parts.concatWith(end)
			.onErrorResume(BffException.class, (ex) -> Mono
				.just(end("{\"complete\":false,\"failed\":\"%s\"}".formatted(ex.members().getOrDefault("part", "")))));
		return Mono.deferContextual((context) -> this.streams.write(exchange, new Watcher(caller.key(), Ending.ABORT),
				StreamContent.of(frames.contextWrite(context))));
	}

	private ViewPlans.Match match(Caller caller, String module, List<String> segments) {
		CatalogModule found = this.modules.enabled(module,
				() -> new BffException(Failure.UNKNOWN_MODULE, "There is no such module."));
		return Resolver.version(found, caller.audience())
			.map(Manifest::version)
			.flatMap((version) -> this.plans.find(module, version, segments))
			.orElseThrow(() -> new BffException(Failure.UNKNOWN_VIEW, "There is no such view."));
	}

	private static byte[] end(String json) {
		return SseFrames.data(json.getBytes(StandardCharsets.UTF_8));
	}

}
