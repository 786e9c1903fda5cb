package dev.pergola.session.origin;

import java.util.Map;

import dev.pergola.session.SessionProperties;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Headers every response carries. What a part set itself stays, but a response that sets
 * a cookie is never stored. The content security policy belongs to the shell.
 */
public class SecurityHeadersFilter implements WebFilter, Ordered {

	private final Map<String, String> always;

	/**
	 * Creates the filter.
	 * @param properties public origin
	 */
	public SecurityHeadersFilter(SessionProperties properties) {
		this.always = SecurityHeaders.of(properties);
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE + 10;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		exchange.getResponse().beforeCommit(() -> Mono.fromRunnable(() -> write(exchange.getResponse())));
		return chain.filter(exchange);
	}

	private void write(ServerHttpResponse response) {
		HttpHeaders headers = response.getHeaders();
		this.always.forEach((name, value) -> {
			if (!headers.containsHeader(name)) {
				headers.set(name, value);
			}
		});
		// The session's own cookies come later; SessionCookie sees to those.
		if (headers.containsHeader(HttpHeaders.SET_COOKIE) || !response.getCookies().isEmpty()) {
			headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
		}
	}

}
