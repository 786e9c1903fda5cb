package dev.pergola.bff.filter;

import java.util.List;
import java.util.Set;

import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;

/** Drops what concerns one connection only from answers of the shell. */
final class ConnectionHygiene implements HttpHeadersFilter {

	private static final HeaderNames DROPPED = new HeaderNames(Set.of(), List.of("access-control-"));

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
		return type == Type.RESPONSE;
	}

}
