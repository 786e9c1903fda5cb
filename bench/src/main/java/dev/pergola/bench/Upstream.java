package dev.pergola.bench;

import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/**
 * A service that answers at once, so that what is measured is the way to it.
 */
final class Upstream implements AutoCloseable {

	private static final String BODY = "{\"id\":\"d-1\",\"note\":\"" + "x".repeat(480) + "\"}";

	private final DisposableServer server = HttpServer.create()
		.host("127.0.0.1")
		.port(0)
		.handle((request, response) -> response.header("Content-Type", "application/json").sendString(Mono.just(BODY)))
		.bindNow();

	String url() {
		return "http://localhost:" + this.server.port();
	}

	@Override
	public void close() {
		this.server.disposeNow();
	}

}
