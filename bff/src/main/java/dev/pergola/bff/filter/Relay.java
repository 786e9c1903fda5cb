package dev.pergola.bff.filter;

import java.net.URI;

import org.jspecify.annotations.Nullable;

import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.web.server.ServerWebExchange;

/**
 * What filters tell each other about one request: typed, so that no other part can write
 * or read it by chance.
 */
final class Relay {

	private static final String TOKEN = Relay.class.getName() + ".token";

	private Relay() {
	}

	static void setAccessToken(ServerWebExchange exchange, String accessToken) {
		exchange.getAttributes().put(TOKEN, accessToken);
	}

	static @Nullable String accessToken(ServerWebExchange exchange) {
		return exchange.getAttribute(TOKEN);
	}

	static void setUpstreamUrl(ServerWebExchange exchange, URI url) {
		exchange.getAttributes().put(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR, url);
	}

	static Route route(ServerWebExchange exchange) {
		return exchange.getRequiredAttribute(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR);
	}

}
