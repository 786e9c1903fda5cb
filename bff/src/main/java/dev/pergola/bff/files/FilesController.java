package dev.pergola.bff.files;

import java.nio.ByteBuffer;
import java.util.List;

import dev.pergola.bff.catalog.LiveModules;
import dev.pergola.bff.compression.AcceptEncoding;
import dev.pergola.bff.problem.BffException;
import dev.pergola.bff.problem.Failure;
import dev.pergola.manifests.Version;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpRange;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/** Files of modules, for the browser. */
@RestController
class FilesController {

	private final LiveModules modules;

	private final FileStore store;

	FilesController(LiveModules modules, FileStore store) {
		this.modules = modules;
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
		if (this.modules.find(module).isEmpty() || !Version.isValid(version) || path.isEmpty()
				|| !whole.startsWith("/modules/" + module + "/" + version + "/")) {
			return Mono.error(new BffException(Failure.UNKNOWN_FILE, "There is no such file."));
		}
		return this.store.get(module, version, path).flatMap((file) -> write(exchange, file));
	}

	private static Mono<Void> write(ServerWebExchange exchange, ModuleFile file) {
		HttpHeaders asked = exchange.getRequest().getHeaders();
		ServerHttpResponse response = exchange.getResponse();
		HttpHeaders headers = response.getHeaders();
		// Parts are parts of the file as it is.
		boolean part = asked.containsHeader(HttpHeaders.RANGE);
		byte[] gzip = (!part && AcceptEncoding.takesGzip(asked.getOrEmpty(HttpHeaders.ACCEPT_ENCODING))) ? file.gzip()
				: null;
		String etag = (gzip != null) ? file.gzipEtag() : file.etag();
		// Private: who may see a module is decided for each person.
		headers.setCacheControl("private, max-age=31536000, immutable");
		headers.setETag(etag);
		headers.set("X-Content-Type-Options", "nosniff");
		headers.set("Cross-Origin-Resource-Policy", "same-origin");
		headers.set(HttpHeaders.ACCEPT_RANGES, "bytes");
		if (file.gzip() != null) {
			headers.set(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
		}
		if (exchange.checkNotModified(etag)) {
			response.setStatusCode(HttpStatus.NOT_MODIFIED);
			return response.setComplete();
		}
		headers.set(HttpHeaders.CONTENT_TYPE, file.type());
		if (FileTypes.isDocument(file.type())) {
			// Opened by itself it must not act as the portal.
			headers.set("Content-Security-Policy", "sandbox allow-scripts allow-forms");
		}
		if (gzip != null) {
			headers.set(HttpHeaders.CONTENT_ENCODING, "gzip");
		}
		return (part && isSame(asked.getFirst(HttpHeaders.IF_RANGE), etag)) ? writePart(exchange, file.bytes())
				: write(exchange, (gzip != null) ? gzip : file.bytes(), 0, -1);
	}

	private static boolean isSame(@Nullable String ifRange, String etag) {
		return ifRange == null || ifRange.equals(etag);
	}

	/** One part; more than one, or what cannot be read, is answered with the whole. */
	private static Mono<Void> writePart(ServerWebExchange exchange, byte[] bytes) {
		ServerHttpResponse response = exchange.getResponse();
		List<HttpRange> ranges = ranges(exchange.getRequest().getHeaders());
		if (ranges.size() != 1) {
			return write(exchange, bytes, 0, -1);
		}
		long from = ranges.getFirst().getRangeStart(bytes.length);
		long to = ranges.getFirst().getRangeEnd(bytes.length);
		if (from >= bytes.length || from > to) {
			response.setStatusCode(HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE);
			response.getHeaders().set(HttpHeaders.CONTENT_RANGE, "bytes */" + bytes.length);
			return response.setComplete();
		}
		response.setStatusCode(HttpStatus.PARTIAL_CONTENT);
		response.getHeaders().set(HttpHeaders.CONTENT_RANGE, "bytes %d-%d/%d".formatted(from, to, bytes.length));
		return write(exchange, bytes, Math.toIntExact(from), Math.toIntExact(to - from + 1));
	}

	private static List<HttpRange> ranges(HttpHeaders headers) {
		try {
			return HttpRange.parseRanges(headers.getFirst(HttpHeaders.RANGE));
		}
		catch (IllegalArgumentException ex) {
			return List.of();
		}
	}

	private static Mono<Void> write(ServerWebExchange exchange, byte[] bytes, int from, int count) {
		ServerHttpResponse response = exchange.getResponse();
		int length = (count < 0) ? bytes.length : count;
		response.getHeaders().setContentLength(length);
		if (exchange.getRequest().getMethod() == HttpMethod.HEAD) {
			return response.setComplete();
		}
		DataBuffer buffer = response.bufferFactory().wrap(ByteBuffer.wrap(bytes, from, length));
		return response.writeWith(Mono.just(buffer));
	}

}
