package dev.pergola.bench.proxy;

import java.time.Duration;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/**
 * A service that answers after 100 ms, at once, or with events that carry the time they
 * were sent.
 */
final class DelayedService implements AutoCloseable {

	private static final String BODY = "{\"id\":\"d-1\",\"note\":\"" + "x".repeat(480) + "\"}";

	/** The first that comes of a stream without events. */
	static final String OPEN = ": open";

	/** Until an answer, and between two events. */
	static final Duration DELAY = Duration.ofMillis(100);

	private final DisposableServer server = HttpServer.create()
		.host("127.0.0.1")
		.port(0)
		.route((routes) -> routes
			.get("/slow/{part}",
					(request, response) -> response.header("Content-Type", "application/json")
						.sendString(Mono.just(BODY).delayElement(DELAY)))
			.get("/events",
					(request, response) -> response.sse()
						.sendString(Flux.interval(DELAY)
							.map((tick) -> "data: {\"at\":%d}\n\n".formatted(System.nanoTime()))))
			.get("/idle",
					(request, response) -> response.sse()
						.sendString(Flux.concat(Mono.just(OPEN + "\n\n"),
								Flux.interval(Duration.ofSeconds(15)).map((tick) -> ": still\n\n"))))
			.route((request) -> true,
					(request, response) -> response.header("Content-Type", "application/json")
						.sendString(Mono.just(BODY))))
		.bindNow();

	String url() {
		return "http://localhost:" + this.server.port();
	}

	@Override
	public void close() {
		this.server.disposeNow();
	}

}
