package dev.pergola.bff.agents;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import dev.pergola.bff.agui.AgUiEvents;
import dev.pergola.bff.formats.AgentExchange;
import dev.pergola.bff.formats.AgentRequest;
import dev.pergola.bff.streams.SseEvent;
import dev.pergola.bff.streams.SseParser;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One request to an upstream whose answer is a stream of server-sent events. */
final class AgentCall {

	private static final byte[] DATA = "data: ".getBytes(StandardCharsets.UTF_8);

	private static final byte[] END = "\n\n".getBytes(StandardCharsets.UTF_8);

	// A character of a text may take six in JSON.
	private static final int GROWTH = 8;

	private final HttpClient client;

	private final AgentProperties properties;

	AgentCall(HttpClient client, AgentProperties properties) {
		this.client = client;
		this.properties = properties;
	}

	/** Sends a body; the events of the answer as they come. */
	Flux<SseEvent> post(String url, Consumer<HttpHeaders> headers, byte[] body) {
		return events(send(url, headers, body).response(this::read));
	}

	/** Asks again for events; those after the last one seen. */
	Flux<SseEvent> get(String url, Consumer<HttpHeaders> headers, @Nullable String lastEventId) {
		return events(this.client.headers(headers).headers((all) -> {
			if (lastEventId != null) {
				all.set("Last-Event-ID", lastEventId);
			}
		}).get().uri(url).response(this::read));
	}

	/**
	 * Sends a request of an agent's own format; its answer as AG-UI events.
	 * @param idle time the agent may be silent, heartbeats included
	 */
	Flux<ObjectNode> exchange(String base, AgentRequest request, Consumer<HttpHeaders> headers, AgentExchange exchange,
			Duration idle) {
		return Flux.defer(() -> {
			int maxBytes = Math.toIntExact(this.properties.maxFrame().toBytes());
			SseParser parser = exchange.isPlainText() ? SseParser.ofPlainText(maxBytes) : new SseParser(maxBytes);
			AtomicBoolean framed = new AtomicBoolean();
			return send(base + request.target(), headers, request.body()).response((response, content) -> {
				framed.set(isFramed(response));
				return exchange.mayAnswerAtOnce() && isJson(response) ? document(content) : read(response, content);
			})
				.transform((pieces) -> Silence.limit(pieces, idle))
				.concatMapIterable((piece) -> translate(parser.feed(piece), exchange), 1)
				.concatWith(
						Flux.defer(() -> Flux.fromIterable(exchange.whole(framed.get() && parser.isBetweenEvents()))));
		});
	}

	/**
	 * Sends a request whose answer is of no interest, once it is one of success.
	 */
	Mono<Void> tell(String base, AgentRequest request, Consumer<HttpHeaders> headers) {
		return send(base + request.target(), headers, request.body()).responseSingle((response, content) -> {
			int status = response.status().code();
			return (status < 300) ? content.then() : content.then(Mono.error(UpstreamRunException.status(status)));
		});
	}

	private List<ObjectNode> translate(List<SseEvent> told, AgentExchange exchange) {
		List<ObjectNode> events = new ArrayList<>();
		told.forEach((event) -> events.addAll(translate(event, exchange)));
		return events;
	}

	private List<ObjectNode> translate(SseEvent event, AgentExchange exchange) {
		List<ObjectNode> events = new ArrayList<>();
		JsonNode vendors = (this.properties.raw() && !exchange.source().isEmpty()) ? AgUiEvents.read(event.data())
				: null;
		if (vendors != null) {
			events.add(AgUiEvents.raw(exchange.source(), vendors));
		}
		events.addAll(exchange.accept(event));
		boolean tooLarge = event.data().length() > this.properties.maxFrame().toBytes() / GROWTH && events.stream()
			.anyMatch((each) -> AgUiEvents.bytes(each).length > this.properties.maxFrame().toBytes());
		return tooLarge
				? List.of(AgUiEvents.runError("EVENT_TOO_LARGE", "The agent sent an event larger than is allowed."))
				: events;
	}

	private HttpClient.ResponseReceiver<?> send(String url, Consumer<HttpHeaders> headers, byte @Nullable [] body) {
		HttpClient client = this.client.headers(headers);
		return (body == null) ? client.get().uri(url)
				// A simple server of an agent may not know chunks.
				: client
					.headers((all) -> all.set("Content-Type", "application/json")
						.set("Content-Length", Integer.toString(body.length)))
					.post()
					.uri(url)
					.send(ByteBufFlux.fromInbound(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(body))));
	}

	private Flux<SseEvent> events(Flux<byte[]> pieces) {
		return Flux.defer(() -> {
			SseParser parser = new SseParser(Math.toIntExact(this.properties.maxFrame().toBytes()));
			// Heartbeats count as a sign of life; so the limit is on pieces, not on
			// events.
			return Silence.limit(pieces, this.properties.idle()).concatMapIterable(parser::feed, 1);
		});
	}

	private Flux<byte[]> read(HttpClientResponse response, ByteBufFlux content) {
		int status = response.status().code();
		if (status == 204) {
			return content.thenMany(Flux.empty());
		}
		if (status != 200) {
			return content.take(0).thenMany(Flux.error(UpstreamRunException.status(status)));
		}
		String type = response.responseHeaders().get("Content-Type", "");
		if (!type.startsWith("text/event-stream")) {
			return content.take(0).thenMany(Flux.error(UpstreamRunException.malformed()));
		}
		return content.map(AgentCall::copy);
	}

	// One event on one line: line feeds stand between values only.
	private static Flux<byte[]> document(ByteBufFlux content) {
		return Flux.concat(Flux.just(DATA), content.map(AgentCall::copy).map(AgentCall::oneLine), Flux.just(END));
	}

	private static byte[] oneLine(byte[] piece) {
		for (int i = 0; i < piece.length; i++) {
			piece[i] = (piece[i] == '\n' || piece[i] == '\r') ? (byte) ' ' : piece[i];
		}
		return piece;
	}

	private static boolean isJson(HttpClientResponse response) {
		return response.status().code() == 200
				&& response.responseHeaders().get("Content-Type", "").startsWith("application/json");
	}

	// An answer without a length ends with the connection, as a broken one does.
	private static boolean isFramed(HttpClientResponse response) {
		HttpHeaders headers = response.responseHeaders();
		return headers.contains("Transfer-Encoding") || headers.contains("Content-Length")
				|| response.version().majorVersion() > 1;
	}

	private static byte[] copy(ByteBuf buffer) {
		return ByteBufUtil.getBytes(buffer);
	}

}
