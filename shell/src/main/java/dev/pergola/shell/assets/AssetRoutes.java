package dev.pergola.shell.assets;

import java.time.Duration;

import reactor.core.publisher.Mono;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * {@code GET /assets/{build}/**} and {@code GET /favicon.ico}.
 */
public final class AssetRoutes {

	private static final CacheControl FOREVER = CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();

	private final Assets assets;

	/**
	 * Serves the given files.
	 * @param assets files to serve
	 */
	public AssetRoutes(Assets assets) {
		this.assets = assets;
	}

	/**
	 * The routes. They answer every address below {@code /assets/}, so that nothing else
	 * on the class path is reachable there.
	 * @return the routes
	 */
	public RouterFunction<ServerResponse> routes() {
		return RouterFunctions.route()
			.GET("/assets/{build}/{*path}", this::file)
			.GET("/favicon.ico", (request) -> answer(request, "brand/favicon.svg", false))
			.build();
	}

	private Mono<ServerResponse> file(ServerRequest request) {
		boolean current = request.pathVariable("build").equals(this.assets.build());
		// Begins with a slash, but for the address of a build alone.
		String path = request.pathVariable("path");
		return answer(request, path.isEmpty() ? path : path.substring(1), current);
	}

	/*
	 * Another build's address gets the file of today but not for ever: during a rolling
	 * update a page of the old instance may ask the new one. Integrity decides in the
	 * browser.
	 */
	private Mono<ServerResponse> answer(ServerRequest request, String path, boolean forever) {
		return this.assets.find(path)
			.map((asset) -> send(request, asset, forever))
			.orElseGet(() -> ServerResponse.notFound().build());
	}

	private Mono<ServerResponse> send(ServerRequest request, Asset asset, boolean forever) {
		byte[] gzip = asset.gzip();
		boolean compressed = gzip != null && acceptsGzip(request);
		ServerResponse.BodyBuilder answer = ServerResponse.ok()
			.contentType(asset.type())
			.cacheControl(forever ? FOREVER : CacheControl.noCache())
			.eTag('"' + asset.integrity() + (compressed ? "-gzip" : "") + '"')
			.header(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING)
			.header("X-Content-Type-Options", "nosniff")
			.header("Cross-Origin-Resource-Policy", "same-origin");
		if (compressed && gzip != null) {
			return answer.header(HttpHeaders.CONTENT_ENCODING, "gzip").bodyValue(gzip);
		}
		return answer.bodyValue(asset.bytes());
	}

	private boolean acceptsGzip(ServerRequest request) {
		return request.headers()
			.header(HttpHeaders.ACCEPT_ENCODING)
			.stream()
			.anyMatch((value) -> value.contains("gzip"));
	}

}
