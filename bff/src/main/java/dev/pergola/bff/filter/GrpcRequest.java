package dev.pergola.bff.filter;

import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;

/** Says to the upstream of a gRPC call that trailers are understood, as it has to be. */
final class GrpcRequest implements HttpHeadersFilter {

	@Override
	public boolean supports(Type type) {
		return type == Type.REQUEST;
	}

	@Override
	public HttpHeaders filter(HttpHeaders headers, ServerWebExchange exchange) {
		if (!GrpcTrailers.isGrpc(exchange.getRequest())) {
			return headers;
		}
		HttpHeaders with = new HttpHeaders();
		with.addAll(headers);
		with.set(HttpHeaders.TE, "trailers");
		return with;
	}

}
