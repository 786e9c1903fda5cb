package dev.pergola.bff.agents;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

import dev.pergola.bff.agui.AgUiEvents;
import dev.pergola.bff.agui.NextEvent;
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

	/**
	 * Sends a body; what the answer tells, as it comes.
	 * @param language of the events of the answer
	 */
	<T> Flux<T> post(String url, Consumer<HttpHeaders> headers, byte[] body, Language<T> language) {
		return answer(send(url, headers, body).response(this::read), language);
	}

	/** Asks again for events; those after the last one seen. */
	<T> Flux<T> get(String url, Consumer<HttpHeaders> headers, @Nullable String lastEventId, Language<T> language) {
		return answer(this.client.headers(headers).headers((all) -> {
			if (lastEventId != null) {
				all.set("Last-Event-ID", lastEventId);
			}
		}).get().uri(url).response(this::read), language);
	}

	/**
	 * Sends a request of an agent's own format; its answer as AG-UI events.
	 * @param idle time the agent may be silent, heartbeats included
	 */
	Flux<NextEvent> exchange(String base, AgentRequest request, Consumer<HttpHeaders> headers, AgentExchange exchange,
			Duration idle) {
		return Flux.defer(() -> {
			AgentsOwn own = new AgentsOwn(exchange);
			return AnswerReader
				.read(send(base + request.target(), headers, request.body()).response((response, content) -> {
					own.framed = isFramed(response);
					return exchange.mayAnswerAtOnce() && isJson(response) ? document(content) : read(response, content);
				}), own, idle);
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

	private List<NextEvent> translate(SseEvent event, AgentExchange exchange) {
		List<NextEvent> events = exchange.next(event);
		if (this.properties.raw() && !exchange.source().isEmpty()) {
			JsonNode vendors = AgUiEvents.read(event.data());
			if (vendors != null) {
				List<NextEvent> all = new ArrayList<>(
						List.of(NextEvent.of(AgUiEvents.raw(exchange.source(), vendors))));
				all.addAll(events);
				events = all;
			}
		}
		long max = this.properties.maxFrame().toBytes();
		boolean tooLarge = event.data().length() > max / GROWTH
				&& events.stream().anyMatch((each) -> AgUiEvents.bytes(each.event()).length > max);
		return tooLarge
				? List.of(NextEvent
					.of(AgUiEvents.runError("EVENT_TOO_LARGE", "The agent sent an event larger than is allowed.")))
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

	// Heartbeats count as a sign of life; so the limit is on pieces, not on events.
	private <T> Flux<T> answer(Flux<byte[]> pieces, Language<T> language) {
		return Flux.defer(() -> {
			SseParser parser = new SseParser(maxFrame());
			return AnswerReader.read(pieces, new AnswerReader.Language<>() {

				@Override
				public void hear(byte[] piece, Consumer<T> told) {
					parser.feed(piece).forEach((event) -> told.accept(language.read().apply(event)));
				}

				@Override
				public void end(Consumer<T> told) {
					// There is a last event.
				}

				@Override
				public boolean isLast(T told) {
					return language.isLast().test(told);
				}

			}, this.properties.idle());
		});
	}

	private int maxFrame() {
		return Math.toIntExact(this.properties.maxFrame().toBytes());
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

	/**
	 * What server-sent events mean.
	 *
	 * @param isLast whether nothing is to come after it
	 */
	record Language<T>(Function<SseEvent, T> read, Predicate<T> isLast) {

	}

	/** What the pieces of an agent's own format mean. */
	private final class AgentsOwn implements AnswerReader.Language<NextEvent> {

		private final AgentExchange exchange;

		private final SseParser parser;

		private volatile boolean framed;

		AgentsOwn(AgentExchange exchange) {
			this.exchange = exchange;
			this.parser = exchange.isPlainText() ? SseParser.ofPlainText(maxFrame()) : new SseParser(maxFrame());
		}

		@Override
		public void hear(byte[] piece, Consumer<NextEvent> told) {
			for (SseEvent event : this.parser.feed(piece)) {
				translate(event, this.exchange).forEach(told);
			}
		}

		@Override
		public void end(Consumer<NextEvent> told) {
			this.exchange.whole(this.framed && this.parser.isBetweenEvents())
				.forEach((event) -> told.accept(NextEvent.of(event)));
		}

		@Override
		public boolean isLast(NextEvent told) {
			return told.isEnd();
		}

	}

}
