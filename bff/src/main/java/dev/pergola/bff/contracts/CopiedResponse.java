package dev.pergola.bff.contracts;

import java.util.function.Consumer;

import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;

/**
 * An answer whose body is copied while it is sent on. A stream is none: it is flushed.
 */
final class CopiedResponse extends ServerHttpResponseDecorator {

	private final int maxBytes;

	private final Consumer<Copy> end;

	/**
	 * Creates the answer.
	 * @param end called when the whole body was sent on
	 */
	CopiedResponse(ServerHttpResponse response, int maxBytes, Consumer<Copy> end) {
		super(response);
		this.maxBytes = maxBytes;
		this.end = end;
	}

	@Override
	public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
		return Mono.defer(() -> {
			Copy copy = new Copy(this.maxBytes);
			return super.writeWith(Flux.from(body).doOnNext(copy::add).doOnComplete(() -> this.end.accept(copy)));
		});
	}

}
