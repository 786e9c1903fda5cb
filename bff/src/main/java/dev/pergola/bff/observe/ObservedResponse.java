package dev.pergola.bff.observe;

import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;

/** Counts what goes. */
final class ObservedResponse extends ServerHttpResponseDecorator {

	private final Call call;

	private boolean inPieces;

	ObservedResponse(ServerHttpResponse delegate, Call call) {
		super(delegate);
		this.call = call;
	}

	/** Whether the body is not sent in one go. */
	boolean isInPieces() {
		return this.inPieces;
	}

	@Override
	public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
		this.inPieces = !(body instanceof Mono);
		return super.writeWith(counted(body));
	}

	@Override
	public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
		this.inPieces = true;
		return super.writeAndFlushWith(Flux.from(body).map(this::counted));
	}

	// A Mono stays one: the web server then knows the length.
	private Publisher<? extends DataBuffer> counted(Publisher<? extends DataBuffer> body) {
		return (body instanceof Mono<? extends DataBuffer> one)
				? one.doOnNext((buffer) -> this.call.sent(buffer.readableByteCount()))
				: Flux.from(body).doOnNext((buffer) -> this.call.sent(buffer.readableByteCount()));
	}

}
