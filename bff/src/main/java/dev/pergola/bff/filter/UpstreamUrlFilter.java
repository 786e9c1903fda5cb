package dev.pergola.bff.filter;

import java.net.URI;

import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;

/**
 * Makes the address of the call: the route's, then what follows the prefix, as it was
 * sent. Scheme, host and port never come from the request.
 */
final class UpstreamUrlFilter implements GatewayFilter, Ordered {

	private final String base;

	private final int prefix;

	/**
	 * Creates the filter.
	 * @param upstream address of the service; its path, if any, goes before all others
	 * @param prefix start of the path that is left out
	 */
	UpstreamUrlFilter(URI upstream, String prefix) {
		String url = upstream.toString();
		this.base = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
		this.prefix = prefix.length();
	}

	@Override
	public int getOrder() {
		return FilterOrder.UPSTREAM_URL;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		URI uri = exchange.getRequest().getURI();
		String path = uri.getRawPath().substring(this.prefix);
		String query = (uri.getRawQuery() != null) ? "?" + uri.getRawQuery() : "";
		Relay.setUpstreamUrl(exchange, URI.create(this.base + (path.isEmpty() ? "/" : path) + query));
		return chain.filter(exchange);
	}

}
