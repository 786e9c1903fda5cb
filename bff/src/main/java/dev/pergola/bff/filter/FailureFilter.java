package dev.pergola.bff.filter;

import dev.pergola.bff.egress.UpstreamFailures;
import dev.pergola.bff.problem.SlowBody;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.core.Ordered;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.server.ServerWebExchange;

/** Says of an upstream that failed what kind of failure it was. */
final class FailureFilter implements GatewayFilter, Ordered {

	@Override
	public int getOrder() {
		return FilterOrder.FAILURES;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		ServerWebExchange told = exchange.mutate().request(new ToldRequest(exchange.getRequest())).build();
		return chain.filter(told)
			// Half an answer can only be cut off, which the web server does with any
			// error.
			.onErrorMap((ex) -> !exchange.getResponse().isCommitted(),
					(ex) -> UpstreamFailures.of(Relay.route(exchange).getId(), ex));
	}

	/** Says of a body that does not come that it is the client's, not the upstream's. */
	private static final class ToldRequest extends ServerHttpRequestDecorator {

		ToldRequest(ServerHttpRequest request) {
			super(request);
		}

		@Override
		public Flux<DataBuffer> getBody() {
			return super.getBody().onErrorMap(SlowBody::is, SlowBody::failure);
		}

	}

}
