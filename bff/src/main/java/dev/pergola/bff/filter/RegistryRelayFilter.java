package dev.pergola.bff.filter;

import dev.pergola.bff.caller.Callers;
import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;

/**
 * Gets the access token of a session for a call to the registry; a call with a token of
 * its own goes as it is, and the registry judges it.
 */
final class RegistryRelayFilter implements GatewayFilter, Ordered {

	private final Callers callers;

	RegistryRelayFilter(Callers callers) {
		this.callers = callers;
	}

	@Override
	public int getOrder() {
		return FilterOrder.TOKEN_RELAY;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		if (exchange.getRequest().getHeaders().containsHeader(HttpHeaders.AUTHORIZATION)) {
			return this.callers.isSession(exchange)
				.flatMap((session) -> session ? relay(exchange, chain) : chain.filter(exchange));
		}
		return relay(exchange, chain);
	}

	private Mono<Void> relay(ServerWebExchange exchange, GatewayFilterChain chain) {
		return this.callers.accessToken(exchange)
			.doOnNext((accessToken) -> Relay.setAccessToken(exchange, accessToken))
			.flatMap((accessToken) -> chain.filter(exchange));
	}

}
