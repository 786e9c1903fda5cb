package dev.pergola.bff.filter;

import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;

/**
 * As for any upstream, but a program's own {@code Authorization} (a team token, which
 * only the registry can read) stays when there is no session to speak for it.
 */
final class RegistryHygiene implements HttpHeadersFilter {

	private final RequestHygiene hygiene = new RequestHygiene();

	@Override
	public HttpHeaders filter(HttpHeaders headers, ServerWebExchange exchange) {
		HttpHeaders kept = this.hygiene.filter(headers, exchange);
		String authorization = headers.getFirst(HttpHeaders.AUTHORIZATION);
		if (authorization != null && Relay.accessToken(exchange) == null) {
			kept.set(HttpHeaders.AUTHORIZATION, authorization);
		}
		return kept;
	}

	@Override
	public boolean supports(Type type) {
		return type == Type.REQUEST;
	}

}
