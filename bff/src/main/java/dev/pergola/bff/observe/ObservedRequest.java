package dev.pergola.bff.observe;

import java.util.Map;

import reactor.core.publisher.Flux;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;

/** Counts what comes. */
final class ObservedRequest extends ServerHttpRequestDecorator {

	private final Call call;

	ObservedRequest(ServerHttpRequest delegate, Call call) {
		super(delegate);
		this.call = call;
	}

	@Override
	public Flux<DataBuffer> getBody() {
		// The web server keeps who has read the body until it has answered, which takes a
		// stream hours.
		return super.getBody().onTerminateDetach().doOnNext((buffer) -> this.call.received(buffer.readableByteCount()));
	}

	@Override
	public Map<String, Object> getAttributes() {
		Map<String, Object> attributes = this.call.attributes();
		return (attributes != null) ? attributes : super.getAttributes();
	}

}
