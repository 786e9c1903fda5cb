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

	private static final Map<String, String> ALWAYS = Map.of("X-Content-Type-Options", "nosniff", "Referrer-Policy",
			"same-origin", "Cross-Origin-Opener-Policy", "same-origin", "Cross-Origin-Resource-Policy", "same-origin",
			"X-Frame-Options", "SAMEORIGIN", HttpHeaders.CACHE_CONTROL, "no-store");

	private final boolean https;

	/**
	 * Creates the filter.
	 * @param properties public origin
	 */
	public SecurityHeadersFilter(SessionProperties properties) {
		this.https = "https".equals(properties.publicOrigin().getScheme());
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
		ALWAYS.forEach((name, value) -> {
			if (!headers.containsHeader(name)) {
				headers.set(name, value);
			}
		});
		if (this.https) {
			headers.set("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
		}
		// The session's own cookies come later; SessionCookie sees to those.
		if (headers.containsHeader(HttpHeaders.SET_COOKIE) || !response.getCookies().isEmpty()) {
			headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
		}
	}

}
