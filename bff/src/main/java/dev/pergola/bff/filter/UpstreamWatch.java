package dev.pergola.bff.filter;

import dev.pergola.bff.observe.Call;
import dev.pergola.bff.problem.Trace;
import dev.pergola.bff.trace.TraceSpan;
import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.server.ServerWebExchange;

/**
 * Tells when the upstream began to answer, and gives the call to it a span. What follows
 * in the chain is the call itself; the answer is written by a filter before this one.
 */
final class UpstreamWatch implements GatewayFilter, Ordered {

	@Override
	public int getOrder() {
		return FilterOrder.UPSTREAM_WATCH;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		Call call = Call.of(exchange);
		if (call == null) {
			return chain.filter(exchange);
		}
		return Mono.defer(() -> {
			TraceSpan span = Trace.of(exchange)
				.call(exchange.getRequest().getMethod().name(), Relay.route(exchange).getId());
			Relay.setTraceParent(exchange, span.header());
			long begin = System.nanoTime();
			return chain.filter(exchange).doOnSuccess((nothing) -> {
				call.upstream(System.nanoTime() - begin);
				span.end(status(exchange), null);
			}).doOnError((ex) -> span.end(0, "upstream-error")).doOnCancel(() -> span.end(0, "cancelled"));
		});
	}

	private static int status(ServerWebExchange exchange) {
		HttpStatusCode status = exchange.getResponse().getStatusCode();
		return (status != null) ? status.value() : 200;
	}

}
