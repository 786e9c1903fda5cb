package dev.pergola.session.origin;

import org.jspecify.annotations.Nullable;
import dev.pergola.session.SessionProperties;
import dev.pergola.session.problem.Problem;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Refuses requests another site may have sent on the person's behalf, before the session
 * is even looked up: 403 {@code /problems/anti-forgery}.
 */
public class AntiForgeryFilter implements WebFilter, Ordered {

	private final OriginRules rules;

	private final String cookie;

	/**
	 * Creates the filter.
	 * @param properties public origin and cookie name
	 */
	public AntiForgeryFilter(SessionProperties properties) {
		this.rules = new OriginRules(properties.publicOrigin().toString());
		this.cookie = properties.cookie().name();
	}

	@Override
	public int getOrder() {
		// After the security headers, before Spring Security.
		return Ordered.HIGHEST_PRECEDENCE + 20;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		ServerHttpRequest request = exchange.getRequest();
		boolean withSession = request.getCookies().containsKey(this.cookie) && !bearer(request.getHeaders());
		String refusal = this.rules.refusal(request.getMethod(), request.getPath().pathWithinApplication(),
				request.getHeaders(), withSession);
		if (refusal == null) {
			return chain.filter(exchange);
		}
		return new Problem("anti-forgery", HttpStatus.FORBIDDEN, "Not sent by the portal", refusal).write(exchange);
	}

	// Another site cannot make a browser send this header without a preflight, which is
	// refused.
	private static boolean bearer(HttpHeaders headers) {
		@Nullable String authorization = headers.getFirst(HttpHeaders.AUTHORIZATION);
		return authorization != null && authorization.regionMatches(true, 0, "Bearer ", 0, 7);
	}

}
