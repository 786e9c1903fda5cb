package dev.pergola.bff.filter;

import dev.pergola.bff.streams.SessionWatch;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.core.Ordered;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.ServerWebExchange;

/** Ends a service's stream with the session it was opened with. */
final class StreamFilter implements GatewayFilter, Ordered {

	private final SessionWatch sessions;

	StreamFilter(SessionWatch sessions) {
		this.sessions = sessions;
	}

	@Override
	public int getOrder() {
		return FilterOrder.STREAM;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		return chain.filter(exchange.mutate().response(new Stream(exchange, this.sessions)).build());
	}

	/** Only streams are written so that every piece is flushed. */
	private static final class Stream extends ServerHttpResponseDecorator {

		private final ServerWebExchange exchange;

		private final SessionWatch sessions;

		Stream(ServerWebExchange exchange, SessionWatch sessions) {
			super(exchange.getResponse());
			this.exchange = exchange;
			this.sessions = sessions;
		}

		@Override
		public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
			return super.writeAndFlushWith(Flux.from(body).takeUntilOther(this.sessions.over(this.exchange)));
		}

	}

}
