package dev.pergola.bff.observe;

import dev.pergola.session.problem.TraceId;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Makes the watch known to all filters that follow, and hears what broke an answer. That
 * goes no further: nobody can answer any more, and what Spring would log of it has the
 * query in it.
 */
final class CallFilter implements WebFilter, Ordered {

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		return Mono.deferContextual((context) -> {
			if (!context.hasKey(Call.class)) {
				return chain.filter(exchange);
			}
			Call call = context.get(Call.class);
			call.attach(exchange);
			TraceId.use(exchange, call.trace().traceId());
			return chain.filter(exchange).onErrorResume((ex) -> exchange.getResponse().isCommitted(), (ex) -> {
				call.broken(ex);
				call.dropRemainder();
				return Mono.empty();
			});
		});
	}

}
