package dev.pergola.bff.filter;

import java.util.List;

import dev.pergola.bff.egress.UpstreamClients;
import reactor.netty.http.client.HttpClient;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.gateway.config.HttpClientProperties;
import org.springframework.cloud.gateway.filter.NettyRoutingFilter;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.web.server.ServerWebExchange;

/** The call itself; gRPC goes out as HTTP/2, which it is made of. */
final class Routing extends NettyRoutingFilter {

	private final HttpClient client;

	private final UpstreamClients clients;

	/**
	 * Creates the filter.
	 * @param client client of all calls but gRPC
	 */
	Routing(HttpClient client, UpstreamClients clients, ObjectProvider<List<HttpHeadersFilter>> headers) {
		super(client, headers, new HttpClientProperties());
		this.client = client;
		this.clients = clients;
	}

	@Override
	protected HttpClient getHttpClient(Route route, ServerWebExchange exchange) {
		return GrpcTrailers.isGrpc(exchange.getRequest())
				? this.clients.moduleGrpc("https".equals(route.getUri().getScheme())) : this.client;
	}

}
