package dev.pergola.bff.agents;

import java.util.function.Consumer;

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

/** One request to an upstream whose answer is a stream of server-sent events. */
final class AgentCall {

	private final HttpClient client;

	private final AgentProperties properties;

	AgentCall(HttpClient client, AgentProperties properties) {
		this.client = client;
		this.properties = properties;
	}

	/** Sends a body; the events of the answer as they come. */
	Flux<SseEvent> post(String url, Consumer<HttpHeaders> headers, byte[] body) {
		return events(this.client.headers(headers)
			.headers((all) -> all.set("Content-Type", "application/json"))
			.post()
			.uri(url)
			.send(ByteBufFlux.fromInbound(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(body))))
			.response(this::read));
	}

	/** Asks again for events; those after the last one seen. */
	Flux<SseEvent> get(String url, Consumer<HttpHeaders> headers, @Nullable String lastEventId) {
		return events(this.client.headers(headers).headers((all) -> {
			if (lastEventId != null) {
				all.set("Last-Event-ID", lastEventId);
			}
		}).get().uri(url).response(this::read));
	}

	private Flux<SseEvent> events(Flux<byte[]> pieces) {
		return Flux.defer(() -> {
			SseParser parser = new SseParser(Math.toIntExact(this.properties.maxFrame().toBytes()));
			// Heartbeats count as a sign of life; so the limit is on pieces, not on
			// events.
			return pieces.timeout(this.properties.idle()).concatMapIterable(parser::feed, 1);
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

	private static byte[] copy(ByteBuf buffer) {
		return ByteBufUtil.getBytes(buffer);
	}

}
