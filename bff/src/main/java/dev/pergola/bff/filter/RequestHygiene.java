package dev.pergola.bff.filter;

import java.util.List;
import java.util.Set;

import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;

/**
 * Drops what a client may not say to an upstream: who it is, where it came from, and what
 * concerns its own connection only.
 */
final class RequestHygiene implements HttpHeadersFilter {

	static final HeaderNames DROPPED = new HeaderNames(
			Set.of("cookie", "cookie2", "authorization", "host", "forwarded", "via", "x-real-ip", "x-client-ip",
					"true-client-ip", "cf-connecting-ip", "fastly-client-ip", "x-cluster-client-ip", "x-originating-ip",
					"remote-user", "remote-addr", "x-original-url", "x-rewrite-url", "x-original-host", "x-http-method",
					"x-http-method-override", "x-method-override", "proxy", "expect", "traceparent", "tracestate"),
			List.of("x-pergola", "pergola-", "x-forwarded", "x-user", "x-auth", "x-remote-", "x-client-cert",
					"x-envoy-"));

	@Override
	public HttpHeaders filter(HttpHeaders headers, ServerWebExchange exchange) {
		Set<String> ofConnection = HeaderNames.ofConnection(headers.getOrEmpty(HttpHeaders.CONNECTION));
		HttpHeaders kept = new HttpHeaders();
		headers.forEach((name, values) -> {
			if (!DROPPED.contains(name) && !ofConnection.contains(HeaderNames.plain(name))) {
				kept.addAll(name, values);
			}
		});
		return kept;
	}

	@Override
	public boolean supports(Type type) {
		return type == Type.REQUEST;
	}

}
