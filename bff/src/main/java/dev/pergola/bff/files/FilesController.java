package dev.pergola.bff.files;

import dev.pergola.bff.problem.BffException;
import dev.pergola.bff.problem.Failure;
import dev.pergola.manifests.Version;
import dev.pergola.registry.client.CatalogSource;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/** Files of modules, for the browser. */
@RestController
class FilesController {

	private final CatalogSource catalog;

	private final FileStore store;

	FilesController(CatalogSource catalog, FileStore store) {
		this.catalog = catalog;
		this.store = store;
	}

	/**
	 * {@code GET /modules/{module}/{version}/**}: a file of a version that is live, or of
	 * an earlier one that is still stored, as open tabs need those.
	 */
	@GetMapping("/modules/{module}/{version}/**")
	Mono<Void> file(ServerWebExchange exchange, @PathVariable String module, @PathVariable String version) {
		String whole = exchange.getRequest().getPath().pathWithinApplication().value();
		// As it was sent: "/modules/", module, "/", version, "/".
		String path = whole.substring(whole.indexOf('/', whole.indexOf('/', "/modules/".length()) + 1) + 1);
		if (this.catalog.current().findModule(module).isEmpty() || !Version.isValid(version) || path.isEmpty()
				|| !whole.startsWith("/modules/" + module + "/" + version + "/")) {
			return Mono.error(new BffException(Failure.UNKNOWN_FILE, "There is no such file."));
		}
		return this.store.get(module, version, path).flatMap((file) -> write(exchange, file));
	}

	private static Mono<Void> write(ServerWebExchange exchange, ModuleFile file) {
		ServerHttpResponse response = exchange.getResponse();
		HttpHeaders headers = response.getHeaders();
		// Private: who may see a module is decided for each person.
		headers.setCacheControl("private, max-age=31536000, immutable");
		headers.setETag(file.etag());
		headers.set("X-Content-Type-Options", "nosniff");
		headers.set("Cross-Origin-Resource-Policy", "same-origin");
		if (exchange.checkNotModified(file.etag())) {
			response.setStatusCode(HttpStatus.NOT_MODIFIED);
			return response.setComplete();
		}
		headers.set(HttpHeaders.CONTENT_TYPE, file.type());
		if (FileTypes.isDocument(file.type())) {
			// Opened by itself it must not act as the portal.
			headers.set("Content-Security-Policy", "sandbox allow-scripts allow-forms");
		}
		headers.setContentLength(file.bytes().length);
		return (exchange.getRequest().getMethod() == HttpMethod.HEAD) ? response.setComplete()
				: response.writeWith(Mono.just(response.bufferFactory().wrap(file.bytes())));
	}

}
