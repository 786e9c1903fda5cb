package dev.pergola.bff.filter;

import java.util.Map;
import java.util.Set;

import dev.pergola.bff.problem.BffException;
import dev.pergola.bff.problem.Failure;
import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;

/** Refuses methods that are not on the list; a preflight of another origin is one. */
final class MethodFilter implements GatewayFilter, Ordered {

	private final Set<String> allowed;

	MethodFilter(Set<String> allowed) {
		this.allowed = Set.copyOf(allowed);
	}

	@Override
	public int getOrder() {
		return FilterOrder.METHOD;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		String method = exchange.getRequest().getMethod().name();
		if (this.allowed.contains(method)) {
			return chain.filter(exchange);
		}
		return Mono.error(new BffException(Failure.METHOD_NOT_ALLOWED, "This method is not allowed here.",
				Map.of("allowed", this.allowed.stream().sorted().toList()), null));
	}

}
