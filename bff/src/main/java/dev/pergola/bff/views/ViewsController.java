package dev.pergola.bff.views;

import java.nio.charset.StandardCharsets;
import java.util.List;

import dev.pergola.bff.caller.Caller;
import dev.pergola.bff.caller.Callers;
import dev.pergola.bff.problem.BffException;
import dev.pergola.bff.problem.Failure;
import dev.pergola.bff.problem.Trace;
import dev.pergola.bff.streams.Ending;
import dev.pergola.bff.streams.EventStreams;
import dev.pergola.bff.streams.SseFrames;
import dev.pergola.manifests.Manifest;
import dev.pergola.manifests.catalog.CatalogModule;
import dev.pergola.manifests.catalog.Resolver;
import dev.pergola.registry.client.CatalogSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/** Views of modules. */
@RestController
class ViewsController {

	private final CatalogSource catalog;

	private final ViewPlans plans;

	private final PartClient client;

	private final Callers callers;

	private final EventStreams streams;

	private final ViewProperties properties;

	ViewsController(CatalogSource catalog, ViewPlans plans, PartClient client, Callers callers, EventStreams streams,
			ViewProperties properties) {
		this.catalog = catalog;
		this.plans = plans;
		this.client = client;
		this.callers = callers;
		this.streams = streams;
		this.properties = properties;
	}

	/**
	 * {@code GET /views/{module}/{view path}}: all parts in one answer, or each as it
	 * comes to a client that accepts {@code text/event-stream}.
	 */
	@GetMapping("/views/{module}/**")
	Mono<Void> view(ServerWebExchange exchange, @PathVariable String module) {
		return Mono.zip(this.callers.caller(exchange), this.callers.accessToken(exchange)).flatMap((given) -> {
			ViewPlans.Match match = match(given.getT1(), module, segments(exchange));
			String language = exchange.getRequest().getHeaders().getFirst(HttpHeaders.ACCEPT_LANGUAGE);
			ViewRequest request = new ViewRequest(given.getT2(), Trace.of(exchange),
					(language != null) ? language : "");
			ViewRun run = new ViewRun(match, request, this.client, this.properties.timeout());
			boolean stream = exchange.getRequest()
				.getHeaders()
				.getAccept()
				.stream()
				.anyMatch((type) -> type.equalsTypeAndSubtype(MediaType.TEXT_EVENT_STREAM));
			return stream ? stream(exchange, given.getT1(), match, run) : whole(exchange, match, run);
		});
	}

	private static Mono<Void> whole(ServerWebExchange exchange, ViewPlans.Match match, ViewRun run) {
		return run.parts().reduceWith(() -> new ViewAnswer(match.plan().names()), ViewAnswer::add).flatMap((answer) -> {
			ServerHttpResponse response = exchange.getResponse();
			response.getHeaders().setContentType(MediaType.APPLICATION_JSON);
			response.getHeaders().setCacheControl("private, no-cache");
			response.getHeaders().set("Pergola-Complete", String.valueOf(answer.isComplete()));
			return response.writeWith(Mono.just(response.bufferFactory().wrap(answer.json())));
		});
	}

	private Mono<Void> stream(ServerWebExchange exchange, Caller caller, ViewPlans.Match match, ViewRun run) {
		ViewAnswer answer = new ViewAnswer(match.plan().names());
		Flux<byte[]> parts = run.parts().map((part) -> {
			answer.add(part);
			return SseFrames.data(ViewAnswer.event(part));
		});
		Mono<byte[]> end = Mono.fromSupplier(() -> end("{\"complete\":%s}".formatted(answer.isComplete())));
		Flux<byte[]> frames = parts.concatWith(end)
			.onErrorResume(BffException.class, (ex) -> Mono
				.just(end("{\"complete\":false,\"failed\":\"%s\"}".formatted(ex.members().getOrDefault("part", "")))));
		return this.streams.write(exchange, caller.key(), frames, Ending.ABORT);
	}

	private ViewPlans.Match match(Caller caller, String module, List<String> segments) {
		CatalogModule found = this.catalog.current()
			.findModule(module)
			.orElseThrow(() -> new BffException(Failure.UNKNOWN_MODULE, "There is no such module."));
		if (!found.enabled()) {
			String reason = (found.reason() != null) ? found.reason() : "An administrator switched it off.";
			throw new BffException(Failure.MODULE_DISABLED, reason);
		}
		return Resolver.version(found, caller.audience())
			.map(Manifest::version)
			.flatMap((version) -> this.plans.find(module, version, segments))
			.orElseThrow(() -> new BffException(Failure.UNKNOWN_VIEW, "There is no such view."));
	}

	private static List<String> segments(ServerWebExchange exchange) {
		return exchange.getRequest()
			.getPath()
			.pathWithinApplication()
			.elements()
			.stream()
			.filter(PathContainer.PathSegment.class::isInstance)
			.map((segment) -> ((PathContainer.PathSegment) segment).valueToMatch())
			.skip(2)
			.toList();
	}

	private static byte[] end(String json) {
		return SseFrames.data(json.getBytes(StandardCharsets.UTF_8));
	}

}
