package dev.pergola.bff.filter;

import dev.pergola.bff.egress.UpstreamFailures;
import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;

/** Says of an upstream that failed what kind of failure it was. */
final class FailureFilter implements GatewayFilter, Ordered {

	@Override
	public int getOrder() {
		return FilterOrder.FAILURES;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		return chain.filter(exchange)
			// Half an answer can only be cut off, which the web server does with any
			// error.
			.onErrorMap((ex) -> !exchange.getResponse().isCommitted(),
					(ex) -> UpstreamFailures.of(Relay.route(exchange).getId(), ex));
	}

}
