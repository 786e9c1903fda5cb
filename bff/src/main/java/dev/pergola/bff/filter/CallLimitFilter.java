package dev.pergola.bff.filter;

import dev.pergola.bff.limits.CallLimits;
import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;

/** Refuses calls that are too many, before an access token is renewed for them. */
final class CallLimitFilter implements GatewayFilter, Ordered {

	private final CallLimits limits;

	CallLimitFilter(CallLimits limits) {
		this.limits = limits;
	}

	@Override
	public int getOrder() {
		return FilterOrder.LIMITS;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		return this.limits.take(exchange, Relay.route(exchange).getId()).then(chain.filter(exchange));
	}

}
