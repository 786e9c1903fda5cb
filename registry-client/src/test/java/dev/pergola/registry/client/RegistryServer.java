package dev.pergola.registry.client;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.pergola.manifests.catalog.Catalog;
import dev.pergola.manifests.catalog.CatalogChange;
import dev.pergola.manifests.catalog.CatalogJson;
import io.netty.handler.codec.http.HttpHeaders;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** A registry that says what a test tells it to, over real HTTP. */
final class RegistryServer implements AutoCloseable {

	private final List<HttpHeaders> requests = new CopyOnWriteArrayList<>();

	private final List<String> uris = new CopyOnWriteArrayList<>();

	private final DisposableServer server;

	private volatile int status = 200;

	/** What a new connection hears first. */
	private volatile String greeting = "";

	private volatile Sinks.Many<String> frames = sink();

	RegistryServer(int port) {
		this.server = HttpServer.create()
			.host("localhost")
			.port(port)
			.route((routes) -> routes.get("/registry/v1/catalog/watch", this::watch))
			.bindNow(Duration.ofSeconds(10));
	}

	private Mono<Void> watch(HttpServerRequest request, HttpServerResponse response) {
		this.uris.add(request.uri());
		this.requests.add(request.requestHeaders().copy());
		if (this.status != 200) {
			return response.status(this.status).send();
		}
		Flux<String> frames = Flux.concat(Flux.just(this.greeting, ":\n\n"), this.frames.asFlux());
		return response.sse().sendString(frames, StandardCharsets.UTF_8).then();
	}

	static String frame(Catalog catalog) {
		String json = new String(CatalogJson.write(catalog), StandardCharsets.UTF_8);
		return frame(catalog.revision(), json);
	}

	static String frame(long revision, String json) {
		return "event: catalog\nid: %d\ndata: %s\n\n".formatted(revision, json);
	}

	/**
	 * An event that puts the modules of a catalog into the one of an earlier revision.
	 */
	static String change(long from, Catalog catalog, String... removed) {
		CatalogChange change = new CatalogChange(from, catalog.revision(), catalog.at(), catalog.modules(),
				List.of(removed), null);
		return "event: change\nid: %d\ndata: %s\n\n".formatted(catalog.revision(),
				new String(CatalogJson.write(change), StandardCharsets.UTF_8));
	}

	void greetWith(String frames) {
		this.greeting = frames;
	}

	void answer(int status) {
		this.status = status;
	}

	void send(String frames) {
		this.frames.emitNext(frames, Sinks.EmitFailureHandler.FAIL_FAST);
	}

	/** Ends every connection. */
	void cut() {
		Sinks.Many<String> before = this.frames;
		this.frames = sink();
		before.tryEmitComplete();
	}

	List<HttpHeaders> requests() {
		return this.requests;
	}

	List<String> uris() {
		return this.uris;
	}

	int port() {
		return this.server.port();
	}

	URI url() {
		return URI.create("http://localhost:" + port());
	}

	@Override
	public void close() {
		cut();
		this.server.disposeNow(Duration.ofSeconds(10));
	}

	private static Sinks.Many<String> sink() {
		return Sinks.many().multicast().directBestEffort();
	}

}
