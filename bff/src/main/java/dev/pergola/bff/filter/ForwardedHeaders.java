package dev.pergola.bff.filter;

import java.net.InetSocketAddress;

import dev.pergola.bff.problem.Trace;
import dev.pergola.bff.server.TrustedProxies;

import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;

/** Says where a request came from, as far as the web server knows it, and its trace. */
final class ForwardedHeaders implements HttpHeadersFilter {

	private final String prefix;

	private final TrustedProxies proxies;

	ForwardedHeaders(String prefix, TrustedProxies proxies) {
		this.prefix = prefix;
		this.proxies = proxies;
	}

	@Override
	public HttpHeaders filter(HttpHeaders headers, ServerWebExchange exchange) {
		ServerHttpRequest request = exchange.getRequest();
		InetSocketAddress peer = request.getRemoteAddress();
		if (peer != null && peer.getAddress() != null) {
			headers.set("X-Forwarded-For", peer.getAddress().getHostAddress());
		}
		String scheme = request.getURI().getScheme();
		headers.set("X-Forwarded-Proto", scheme);
		// Behind a proxy, the address of the request has the host the proxy names.
		String host = this.proxies.isEmpty() ? request.getHeaders().getFirst(HttpHeaders.HOST)
				: request.getURI().getRawAuthority();
		if (host != null) {
			headers.set("X-Forwarded-Host", host);
		}
		int port = request.getURI().getPort();
		headers.set("X-Forwarded-Port", String.valueOf((port > 0) ? port : scheme.equals("https") ? 443 : 80));
		if (!this.prefix.isEmpty()) {
			headers.set("X-Forwarded-Prefix", this.prefix);
		}
		headers.set(Trace.HEADER, Relay.traceParent(exchange));
		String state = Trace.of(exchange).state();
		if (state != null) {
			headers.set(Trace.STATE, state);
		}
		return headers;
	}

	@Override
	public boolean supports(Type type) {
		return type == Type.REQUEST;
	}

}
