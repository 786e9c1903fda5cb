package dev.pergola.bff.filter;

import dev.pergola.bff.resilience.Permit;

import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;

/** Tells the upstream how long it makes sense to work on an answer. */
final class Deadline implements HttpHeadersFilter {

	@Override
	public HttpHeaders filter(HttpHeaders headers, ServerWebExchange exchange) {
		Permit permit = Relay.permit(exchange);
		if (permit != null) {
			headers.set(Permit.DEADLINE, String.valueOf(permit.millisLeft()));
		}
		return headers;
	}

	@Override
	public boolean supports(Type type) {
		return type == Type.REQUEST;
	}

}
