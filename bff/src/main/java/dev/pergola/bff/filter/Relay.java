package dev.pergola.bff.filter;

import java.net.URI;

import dev.pergola.bff.problem.Trace;
import dev.pergola.bff.resilience.Permit;
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

	private static final String TRACE_PARENT = Relay.class.getName() + ".traceParent";

	private static final String PERMIT = Relay.class.getName() + ".permit";

	private Relay() {
	}

	static void setAccessToken(ServerWebExchange exchange, String accessToken) {
		exchange.getAttributes().put(TOKEN, accessToken);
	}

	static @Nullable String accessToken(ServerWebExchange exchange) {
		return exchange.getAttribute(TOKEN);
	}

	static void setTraceParent(ServerWebExchange exchange, String header) {
		exchange.getAttributes().put(TRACE_PARENT, header);
	}

	/** Value of {@code traceparent} for the upstream. */
	static String traceParent(ServerWebExchange exchange) {
		String header = exchange.getAttribute(TRACE_PARENT);
		return (header != null) ? header : Trace.of(exchange).parent();
	}

	static void setPermit(ServerWebExchange exchange, Permit permit) {
		exchange.getAttributes().put(PERMIT, permit);
	}

	/** Of the call, {@code null} where none is needed. */
	static @Nullable Permit permit(ServerWebExchange exchange) {
		return exchange.getAttribute(PERMIT);
	}

	static void setUpstreamUrl(ServerWebExchange exchange, URI url) {
		exchange.getAttributes().put(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR, url);
	}

	static Route route(ServerWebExchange exchange) {
		return exchange.getRequiredAttribute(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR);
	}

}
