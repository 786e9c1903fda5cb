package dev.pergola.bff.filter;

import java.util.List;

import dev.pergola.bff.egress.UpstreamClients;
import reactor.netty.http.client.HttpClient;

import org.springframework.cloud.gateway.config.HttpClientProperties;
import org.springframework.cloud.gateway.filter.NettyRoutingFilter;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.web.server.ServerWebExchange;

/**
 * The call itself. Streams have connections of their own: those of calls would soon all
 * be taken. gRPC goes out as HTTP/2, which it is made of.
 */
final class Routing extends NettyRoutingFilter {

	private final HttpClient calls;

	private final HttpClient streams;

	private final UpstreamClients clients;

	/**
	 * Creates the filter.
	 * @param calls client of all calls but streams and gRPC
	 * @param streams client of calls that ask for a stream
	 */
	Routing(HttpClient calls, HttpClient streams, UpstreamClients clients, List<HttpHeadersFilter> headers) {
		super(calls, new GatewayFilters.Provided<>(headers), new HttpClientProperties());
		this.calls = calls;
		this.streams = streams;
		this.clients = clients;
	}

	@Override
	protected HttpClient getHttpClient(Route route, ServerWebExchange exchange) {
		if (GrpcTrailers.isGrpc(exchange.getRequest())) {
			return this.clients.moduleGrpc("https".equals(route.getUri().getScheme()));
		}
		return StreamFilter.isAskedFor(exchange.getRequest()) ? this.streams : this.calls;
	}

}
