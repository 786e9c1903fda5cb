package dev.pergola.bff.server;

import java.time.Duration;

import dev.pergola.bff.problem.BffException;
import dev.pergola.bff.problem.ProblemHandler;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.http.server.HttpServerRequest;

import org.springframework.core.Ordered;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.server.reactive.AbstractServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * The guard's rules for requests of HTTP/2, where each is a stream of its own: one that
 * is refused harms no other.
 */
final class StreamGuard implements WebFilter, Ordered {

	private final RequestRules rules;

	private final Duration writeTimeout;

	private final ProblemHandler problems;

	private final Guards guards;

	StreamGuard(RequestRules rules, Duration writeTimeout, ProblemHandler problems, Guards guards) {
		this.rules = rules;
		this.writeTimeout = writeTimeout;
		this.problems = problems;
		this.guards = guards;
	}

	/** Before paths are looked at. */
	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE + 40;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		HttpServerRequest request = stream(exchange.getRequest());
		if (request == null) {
			return chain.filter(exchange);
		}
		Refusal refusal = this.rules.check(request.uri(), request.requestHeaders(), true);
		if (refusal != null) {
			return refuse(exchange, refusal);
		}
		((Connection) request).channel().pipeline().addFirst(new StallWatch(this.writeTimeout));
		long limit = this.rules.limit(request.uri());
		return chain.filter(exchange.mutate().request(new Limited(exchange.getRequest(), limit)).build());
	}

	private Mono<Void> refuse(ServerWebExchange exchange, Refusal refusal) {
		this.guards.count(refusal);
		BffException refused = new BffException(refusal.failure(), refusal.detail());
		return this.problems.write(exchange, refused, refused);
	}

	/** The request as it came, {@code null} when it is none of HTTP/2. */
	private static @Nullable HttpServerRequest stream(ServerHttpRequest request) {
		ServerHttpRequest plain = request;
		while (plain instanceof ServerHttpRequestDecorator decorator) {
			plain = decorator.getDelegate();
		}
		return (plain instanceof AbstractServerHttpRequest own
				&& own.getNativeRequest() instanceof HttpServerRequest come && come.version().majorVersion() == 2)
						? come : null;
	}

	/** Counts the bytes of a body. */
	private static final class Limited extends ServerHttpRequestDecorator {

		private final long limit;

		Limited(ServerHttpRequest request, long limit) {
			super(request);
			this.limit = limit;
		}

		@Override
		public Flux<DataBuffer> getBody() {
			return Flux.defer(() -> {
				long[] left = { this.limit };
				return super.getBody().handle((piece, sink) -> {
					left[0] -= piece.readableByteCount();
					if (left[0] < 0) {
						DataBufferUtils.release(piece);
						sink.error(new BffException(Refusal.TOO_LARGE.failure(), Refusal.TOO_LARGE.detail()));
					}
					else {
						sink.next(piece);
					}
				});
			});
		}

	}

}
