package dev.pergola.bff.filter;

import dev.pergola.bff.resilience.Permit;
import reactor.core.publisher.Flux;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;

/**
 * Tells apart who broke off: a body that does not come to its end is the client's doing,
 * however the call to the upstream fails of it.
 */
final class GuardedRequest extends ServerHttpRequestDecorator {

	private final Permit permit;

	GuardedRequest(ServerHttpRequest request, Permit permit) {
		super(request);
		this.permit = permit;
	}

	@Override
	public Flux<DataBuffer> getBody() {
		return super.getBody().doOnError((ex) -> this.permit.cancelled());
	}

}
