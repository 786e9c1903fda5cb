package dev.pergola.bff.filter;

import java.net.URI;

import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;

/**
 * Tells the shell the origin people open, whatever stands in front of the bff: forms are
 * held against it, and cookies are secure by it.
 */
final class PublicOrigin implements HttpHeadersFilter {

	private final URI origin;

	PublicOrigin(URI origin) {
		this.origin = origin;
	}

	@Override
	public HttpHeaders filter(HttpHeaders headers, ServerWebExchange exchange) {
		boolean https = "https".equals(this.origin.getScheme());
		headers.set("X-Forwarded-Proto", this.origin.getScheme());
		headers.set("X-Forwarded-Host", this.origin.getAuthority());
		headers.set("X-Forwarded-Port",
				String.valueOf((this.origin.getPort() > 0) ? this.origin.getPort() : https ? 443 : 80));
		return headers;
	}

	@Override
	public boolean supports(Type type) {
		return type == Type.REQUEST;
	}

}
