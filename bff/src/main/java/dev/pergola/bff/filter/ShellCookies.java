package dev.pergola.bff.filter;

import java.util.List;
import java.util.stream.Collectors;

import dev.pergola.session.SessionProperties;

import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.http.HttpCookie;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;

/**
 * Lets only the portal's own preferences pass between browser and shell: cookies
 * {@code pergola-…} that are not the session's. The session stays at the edge.
 */
final class ShellCookies implements HttpHeadersFilter {

	private static final String PREFERENCES = "pergola-";

	private final SessionProperties.Cookie session;

	private final Type type;

	ShellCookies(SessionProperties.Cookie session, Type type) {
		this.session = session;
		this.type = type;
	}

	@Override
	public HttpHeaders filter(HttpHeaders headers, ServerWebExchange exchange) {
		HttpHeaders kept = new HttpHeaders();
		headers.forEach((name, values) -> {
			if (!name.equalsIgnoreCase(HttpHeaders.COOKIE) && !name.equalsIgnoreCase(HttpHeaders.SET_COOKIE)) {
				kept.addAll(name, values);
			}
		});
		if (this.type == Type.REQUEST) {
			request(kept, exchange);
		}
		else {
			headers.getOrEmpty(HttpHeaders.SET_COOKIE)
				.stream()
				.filter((cookie) -> isPreference(cookie.split("=", 2)[0].strip()))
				.forEach((cookie) -> kept.add(HttpHeaders.SET_COOKIE, cookie));
		}
		return kept;
	}

	@Override
	public boolean supports(Type type) {
		return type == this.type;
	}

	private void request(HttpHeaders kept, ServerWebExchange exchange) {
		String cookies = exchange.getRequest()
			.getCookies()
			.values()
			.stream()
			.flatMap(List::stream)
			.filter((cookie) -> isPreference(cookie.getName()) && cookie.getValue().matches("[\\w.~-]*"))
			.map(HttpCookie::toString)
			.collect(Collectors.joining("; "));
		if (!cookies.isEmpty()) {
			kept.set(HttpHeaders.COOKIE, cookies);
		}
	}

	private boolean isPreference(String name) {
		return name.startsWith(PREFERENCES) && !name.equals(this.session.name())
				&& !name.equals(this.session.loginName());
	}

}
