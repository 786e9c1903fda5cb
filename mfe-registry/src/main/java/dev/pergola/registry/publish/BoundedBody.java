package dev.pergola.registry.publish;

import java.util.concurrent.atomic.AtomicLong;

import dev.pergola.registry.archive.BundleTooLargeException;
import reactor.core.publisher.Flux;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;

/**
 * A request whose body ends with {@link BundleTooLargeException} at a bound, before it is
 * read where it says its length.
 */
final class BoundedBody extends ServerHttpRequestDecorator {

	private final long allowedBytes;

	BoundedBody(ServerHttpRequest request, long allowedBytes) {
		super(request);
		this.allowedBytes = allowedBytes;
	}

	@Override
	public Flux<DataBuffer> getBody() {
		if (getHeaders().getContentLength() > this.allowedBytes) {
			return Flux.error(tooLarge(this.allowedBytes));
		}
		AtomicLong received = new AtomicLong();
		return super.getBody().handle((buffer, sink) -> {
			if (received.addAndGet(buffer.readableByteCount()) > this.allowedBytes) {
				DataBufferUtils.release(buffer);
				sink.error(tooLarge(this.allowedBytes));
			}
			else {
				sink.next(buffer);
			}
		});
	}

	static BundleTooLargeException tooLarge(long allowedBytes) {
		return new BundleTooLargeException("bundle is larger than %d bytes".formatted(allowedBytes));
	}

}
