package dev.pergola.bff.filter;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

import dev.pergola.bff.caller.Callers;
import dev.pergola.bff.resilience.Permit;
import dev.pergola.bff.websocket.WebSocketRelay;
import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;

/** Joins WebSockets instead of calling the upstream. Their origin was checked before. */
final class WebSocketFilter implements GatewayFilter, Ordered {

	private static final String PROTOCOLS = "Sec-WebSocket-Protocol";

	private final WebSocketRelay relay;

	private final Callers callers;

	private final List<HttpHeadersFilter> headers;

	private final Duration timeout;

	/**
	 * Creates the filter.
	 * @param headers filters of the headers the service gets
	 * @param timeout time until the service has to agree
	 */
	WebSocketFilter(WebSocketRelay relay, Callers callers, List<HttpHeadersFilter> headers, Duration timeout) {
		this.relay = relay;
		this.callers = callers;
		this.headers = List.copyOf(headers);
		this.timeout = timeout;
	}

	@Override
	public int getOrder() {
		return FilterOrder.WEB_SOCKET;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		ServerHttpRequest request = exchange.getRequest();
		String upgrade = request.getHeaders().getFirst(HttpHeaders.UPGRADE);
		if (upgrade == null || !upgrade.toLowerCase(Locale.ROOT).contains("websocket")) {
			return chain.filter(exchange);
		}
		Permit permit = Relay.permit(exchange);
		if (permit != null) {
			// It lasts for as long as the page is open, and is bounded by itself.
			permit.succeeded();
		}
		return this.callers.caller(exchange)
			.flatMap((caller) -> this.relay.relay(exchange, caller.key(), address(exchange), headers(exchange),
					protocols(request), this.timeout));
	}

	private static URI address(ServerWebExchange exchange) {
		URI url = exchange.getRequiredAttribute(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR);
		return URI.create("ws" + url.toString().substring("http".length()));
	}

	private HttpHeaders headers(ServerWebExchange exchange) {
		HttpHeaders kept = new HttpHeaders();
		HttpHeadersFilter.filterRequest(this.headers, exchange).forEach((name, values) -> {
			// The handshake with the service is another one.
			if (!name.toLowerCase(Locale.ROOT).startsWith("sec-websocket-")) {
				kept.addAll(name, values);
			}
		});
		return kept;
	}

	private static List<String> protocols(ServerHttpRequest request) {
		return request.getHeaders()
			.getOrEmpty(PROTOCOLS)
			.stream()
			.flatMap((value) -> Stream.of(value.split(",")))
			.map(String::strip)
			.filter((value) -> !value.isEmpty())
			.map(Objects::requireNonNull)
			.toList();
	}

}
