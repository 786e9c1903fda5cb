package dev.pergola.bff.filter;

import dev.pergola.bff.caller.Callers;
import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;

/** Gets the access token the call goes out with; without one there is no call. */
final class TokenRelayFilter implements GatewayFilter, Ordered {

	private final Callers callers;

	TokenRelayFilter(Callers callers) {
		this.callers = callers;
	}

	@Override
	public int getOrder() {
		return FilterOrder.TOKEN_RELAY;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		return this.callers.accessToken(exchange)
			.doOnNext((accessToken) -> Relay.setAccessToken(exchange, accessToken))
			.flatMap((accessToken) -> chain.filter(exchange));
	}

}
