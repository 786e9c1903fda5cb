package dev.pergola.bff.filter;

import dev.pergola.bff.problem.BffException;
import dev.pergola.session.problem.Navigation;
import dev.pergola.session.problem.NoticePage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.core.Ordered;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;

/** Tells a person on a page, as far as that goes without the shell, that it is away. */
final class ShellAwayFilter implements GatewayFilter, Ordered {

	private static final Logger log = LoggerFactory.getLogger(ShellAwayFilter.class);

	@Override
	public int getOrder() {
		return FilterOrder.SHELL_AWAY;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		return chain.filter(exchange)
			.onErrorResume(
					(ex) -> ex instanceof BffException && Navigation.is(exchange.getRequest())
							&& !exchange.getResponse().isCommitted(),
					(ex) -> page(exchange.getRequest(), ex).write(exchange));
	}

	private static NoticePage page(ServerHttpRequest request, Throwable ex) {
		log.warn("shell is away: path={} because={}", request.getPath().value(), String.valueOf(ex.getCause()));
		String again = (request.getMethod() == HttpMethod.GET) ? request.getPath().value() : "/";
		return new NoticePage(HttpStatus.SERVICE_UNAVAILABLE, "The portal is not available",
				"Its pages cannot be drawn just now. You stay signed in.", "Try again", again, NoticePage.Way.LINK);
	}

}
