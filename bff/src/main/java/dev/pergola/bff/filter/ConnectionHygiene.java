package dev.pergola.bff.filter;

import java.util.List;
import java.util.Set;

import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;

/** Drops what concerns one connection only, and what would lie about the client. */
final class ConnectionHygiene implements HttpHeadersFilter {

	private static final HeaderNames DROPPED = new HeaderNames(
			Set.of("forwarded", "x-real-ip", "x-original-url", "x-rewrite-url", "proxy", "traceparent"),
			List.of("x-forwarded", "x-user"));

	@Override
	public HttpHeaders filter(HttpHeaders headers, ServerWebExchange exchange) {
		HttpHeaders kept = new HttpHeaders();
		headers.forEach((name, values) -> {
			if (!DROPPED.contains(name)) {
				kept.addAll(name, values);
			}
		});
		return kept;
	}

	@Override
	public boolean supports(Type type) {
		return true;
	}

}
