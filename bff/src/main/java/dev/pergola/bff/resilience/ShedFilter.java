package dev.pergola.bff.resilience;

import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Refuses calls there is no place for, before a session is looked up or anything else is
 * done for them.
 */
final class ShedFilter implements WebFilter, Ordered {

	private final UpstreamGuards guards;

	ShedFilter(UpstreamGuards guards) {
		this.guards = guards;
	}

	/** Behind the watch over the request, which is the first of all. */
	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE + 10;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		if (this.guards.isFull()) {
			String path = exchange.getRequest().getPath().value();
			if (path.startsWith("/api/") || path.startsWith("/views/")) {
				return Mono.error(this.guards.load().refusal());
			}
		}
		return chain.filter(exchange);
	}

}
