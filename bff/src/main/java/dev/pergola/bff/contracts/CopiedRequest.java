package dev.pergola.bff.contracts;

import reactor.core.publisher.Flux;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;

/** A request whose body is copied while it is sent on. */
final class CopiedRequest extends ServerHttpRequestDecorator {

	private final Copy copy;

	private final Runnable end;

	/**
	 * Creates the request.
	 * @param end called when the whole body was sent on
	 */
	CopiedRequest(ServerHttpRequest request, Copy copy, Runnable end) {
		super(request);
		this.copy = copy;
		this.end = end;
	}

	@Override
	public Flux<DataBuffer> getBody() {
		return super.getBody().doOnNext(this.copy::add).doOnComplete(this.end);
	}

}
