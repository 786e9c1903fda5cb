package dev.pergola.bff.agents;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.pergola.bff.TestBff;
import dev.pergola.bff.streams.SseEvent;
import dev.pergola.bff.streams.SseParser;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;

/** Reads streams of a bff as a careful client does. */
final class TestStream {

	private final int port;

	private final String token;

	private String codings = "identity";

	private List<String> headerNames = new ArrayList<>();

	TestStream(TestBff bff, String token) {
		this(bff.port(), token);
	}

	TestStream(int port, String token) {
		this.port = port;
		this.token = token;
	}

	/**
	 * Asks for codings.
	 * @param headers gets the names of the answers' headers
	 */
	TestStream accept(String codings, List<String> headers) {
		this.codings = codings;
		this.headerNames = headers;
		return this;
	}

	Flux<SseEvent> post(String path, String body) {
		return read(client().headers((headers) -> headers.set("Content-Type", "application/json"))
			.post()
			.uri(uri(path))
			.send(ByteBufFlux.fromString(Mono.just(body))));
	}

	Flux<SseEvent> get(String path, String lastEventId) {
		return read(client().headers((headers) -> {
			if (lastEventId != null) {
				headers.set("Last-Event-ID", lastEventId);
			}
		}).get().uri(uri(path)));
	}

	/** The types of events, in order. */
	static List<String> types(List<SseEvent> events) {
		List<String> types = new ArrayList<>();
		events.forEach((event) -> types.add(event.data().replaceFirst(".*?\"type\":\"([A-Z_]+)\".*", "$1")));
		return types;
	}

	private HttpClient client() {
		return HttpClient.newConnection()
			.headers((headers) -> headers.set("Authorization", "Bearer " + this.token)
				.set("Accept", "text/event-stream")
				.set("Accept-Encoding", this.codings));
	}

	private String uri(String path) {
		return "http://localhost:" + this.port + path;
	}

	private Flux<SseEvent> read(HttpClient.ResponseReceiver<?> receiver) {
		return Flux.defer(() -> {
			SseParser parser = new SseParser(1_000_000);
			return receiver.response((response, content) -> {
				this.headerNames.addAll(response.responseHeaders().names());
				return (response.status().code() == 200) ? content.asByteArray()
						: Flux.error(new IllegalStateException("status " + response.status().code()));
			}).concatMapIterable(parser::feed);
		}).timeout(Duration.ofSeconds(20));
	}

}
