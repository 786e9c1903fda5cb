package dev.pergola.bff.filter;

import dev.pergola.bff.problem.BffException;
import dev.pergola.bff.problem.Failure;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.core.Ordered;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.util.unit.DataSize;
import org.springframework.web.server.ServerWebExchange;

/** Refuses bodies that are too large for one module, and cuts those that become so. */
final class BodyLimitFilter implements GatewayFilter, Ordered {

	private final long maxBytes;

	BodyLimitFilter(DataSize maxBody) {
		this.maxBytes = maxBody.toBytes();
	}

	@Override
	public int getOrder() {
		return FilterOrder.BODY;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		ServerHttpRequest request = exchange.getRequest();
		if (request.getHeaders().getContentLength() > this.maxBytes) {
			return Mono.error(refusal());
		}
		return chain.filter(exchange.mutate().request(new Counted(request, this.maxBytes)).build());
	}

	private static BffException refusal() {
		return new BffException(Failure.BODY_TOO_LARGE, "The body is too large for this module.");
	}

	/** A body that says nothing of its length. */
	private static final class Counted extends ServerHttpRequestDecorator {

		private final long maxBytes;

		private long bytes;

		Counted(ServerHttpRequest request, long maxBytes) {
			super(request);
			this.maxBytes = maxBytes;
		}

		@Override
		public Flux<DataBuffer> getBody() {
			return super.getBody().handle((buffer, sink) -> {
				this.bytes += buffer.readableByteCount();
				if (this.bytes > this.maxBytes) {
					DataBufferUtils.release(buffer);
					sink.error(refusal());
				}
				else {
					sink.next(buffer);
				}
			});
		}

	}

}
