package dev.pergola.bff.filter;

import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;

/** Adds the access token; last, so that nothing the client sent can take it away. */
final class RelayedAuthorization implements HttpHeadersFilter {

	@Override
	public HttpHeaders filter(HttpHeaders headers, ServerWebExchange exchange) {
		String accessToken = Relay.accessToken(exchange);
		if (accessToken != null) {
			headers.setBearerAuth(accessToken);
		}
		return headers;
	}

	@Override
	public boolean supports(Type type) {
		return type == Type.REQUEST;
	}

}
