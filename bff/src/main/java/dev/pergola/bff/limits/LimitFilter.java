package dev.pergola.bff.limits;

import java.util.List;
import java.util.Set;

import dev.pergola.bff.caller.Callers;
import dev.pergola.bff.server.PathSegments;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Limits calls of views, agents and descriptions: a view is one call of its module,
 * however many parts of that it has. Calls of services, and parts of other modules, are
 * limited where they are made.
 */
final class LimitFilter implements WebFilter, Ordered {

	private static final String OPENAPI = "openapi";

	private static final Set<String> LIMITED = Set.of("views", "agents", OPENAPI);

	private final CallLimits calls;

	LimitFilter(Limits limits, Callers callers) {
		this.calls = new CallLimits(limits, callers);
	}

	/** Behind Spring Security, which is at -100, and behind those who watch. */
	@Override
	public int getOrder() {
		return -40;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		// As controllers read it: an escape in a name is no way around its limit.
		List<String> segments = PathSegments.of(exchange).limit(2).toList();
		if (segments.isEmpty() || !LIMITED.contains(segments.getFirst())) {
			return chain.filter(exchange);
		}
		// "runs" stands in a module's place, and is none.
		String module = (segments.size() > 1) ? segments.get(1) : null;
		return this.calls.take(exchange, OPENAPI.equals(segments.getFirst()) ? null : module)
			.then(chain.filter(exchange));
	}

}
