package dev.pergola.bff.openapi;

import java.util.List;
import java.util.Locale;

import dev.pergola.bff.caller.Caller;
import dev.pergola.bff.caller.Callers;
import dev.pergola.bff.catalog.LiveModules;
import dev.pergola.bff.problem.BffException;
import dev.pergola.bff.problem.Failure;
import dev.pergola.manifests.Manifest;
import dev.pergola.manifests.catalog.CatalogModule;
import dev.pergola.manifests.catalog.Resolver;
import dev.pergola.registry.client.CatalogSource;
import reactor.core.publisher.Mono;

import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/** OpenAPI documents of modules' services. */
@RestController
class OpenApiController {

	private final CatalogSource catalog;

	private final LiveModules modules;

	private final OpenApiDocuments documents;

	private final Callers callers;

	OpenApiController(CatalogSource catalog, LiveModules modules, OpenApiDocuments documents, Callers callers) {
		this.catalog = catalog;
		this.modules = modules;
		this.documents = documents;
		this.callers = callers;
	}

	/**
	 * {@code GET /openapi}: services of the modules the catalog shows this person, in its
	 * order, as far as they are described.
	 */
	@GetMapping(path = "/openapi", produces = "application/json")
	Mono<Index> index(ServerWebExchange exchange) {
		return this.callers.caller(exchange)
			.map((caller) -> new Index(this.catalog.current()
				.modules()
				.stream()
				.flatMap((module) -> Described.find(module, caller).stream())
				.map(OpenApiController::entry)
				.toList()));
	}

	/**
	 * {@code GET /openapi/{module}}: the service's own document, in JSON, with the
	 * addresses it has at the portal.
	 */
	@GetMapping("/openapi/{module}")
	Mono<Void> document(ServerWebExchange exchange, @PathVariable String module) {
		return this.callers.caller(exchange)
			.map((caller) -> described(caller, module))
			.flatMap(this.documents::get)
			.flatMap((document) -> write(exchange, document));
	}

	private Described described(Caller caller, String module) {
		CatalogModule found = this.modules.enabled(module, OpenApiController::unknown);
		Manifest manifest = Resolver.version(found, caller.audience()).orElseThrow(OpenApiController::unknown);
		return Described.find(found, manifest)
			.orElseThrow(() -> new BffException(Failure.NOT_FOUND, "The service of this module is not described."));
	}

	private static BffException unknown() {
		return new BffException(Failure.UNKNOWN_MODULE, "There is no such module.");
	}

	private static Entry entry(Described described) {
		Manifest manifest = described.manifest();
		return new Entry(manifest.module(), manifest.version(), manifest.titleIn(Locale.ENGLISH),
				"/openapi/" + manifest.module(), "/api/" + manifest.module());
	}

	private static Mono<Void> write(ServerWebExchange exchange, OpenApiDocuments.Document document) {
		ServerHttpResponse response = exchange.getResponse();
		// Which version somebody gets may change with every rollout.
		response.getHeaders().setCacheControl("private, no-cache");
		response.getHeaders().setETag(document.etag());
		if (exchange.checkNotModified(document.etag())) {
			return response.setComplete();
		}
		response.getHeaders().setContentType(MediaType.APPLICATION_JSON);
		response.getHeaders().setContentLength(document.json().length);
		return response.writeWith(Mono.just(response.bufferFactory().wrap(document.json())));
	}

	/** All of them. */
	record Index(List<Entry> modules) {

	}

	/**
	 * One module's service.
	 *
	 * @param version of the module, as this person gets it
	 * @param openapi path of the document
	 * @param api start of the service's paths
	 */
	record Entry(String module, String version, String title, String openapi, String api) {

	}

}
