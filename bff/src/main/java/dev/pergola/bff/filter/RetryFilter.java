package dev.pergola.bff.filter;

import java.time.Duration;

import dev.pergola.bff.resilience.AnswerKind;
import dev.pergola.bff.resilience.Permit;
import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;

/**
 * Makes a call again whose answer did not begin, when it may be made twice. What follows
 * in the chain is the call until its answer begins.
 */
final class RetryFilter implements GatewayFilter, Ordered {

	@Override
	public int getOrder() {
		return FilterOrder.RETRY;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		Permit permit = Relay.permit(exchange);
		if (permit == null) {
			return chain.filter(exchange);
		}
		Mono<Void> call = chain.filter(exchange).doOnSuccess((nothing) -> begun(exchange, permit));
		return isRepeatable(exchange.getRequest()) ? call.onErrorResume((ex) -> again(exchange, call, permit, ex))
				: call;
	}

	private static Mono<Void> again(ServerWebExchange exchange, Mono<Void> call, Permit permit, Throwable ex) {
		long wait = permit.retry(ex);
		if (wait < 0) {
			return Mono.error(ex);
		}
		return Mono.delay(Duration.ofNanos(wait)).then(Mono.defer(() -> {
			exchange.getAttributes().remove(ServerWebExchangeUtils.GATEWAY_ALREADY_ROUTED_ATTR);
			return call.timeout(permit.left());
		})).onErrorResume((next) -> again(exchange, call, permit, next));
	}

	private static void begun(ServerWebExchange exchange, Permit permit) {
		HttpStatusCode status = exchange.getResponse().getStatusCode();
		permit.answered((status != null) ? status.value() : 200);
		if (!AnswerKind.isStream(exchange.getResponse().getHeaders().getFirst(HttpHeaders.CONTENT_TYPE))) {
			return;
		}
		// One that could be told beforehand has a connection of streams, and is bounded
		// as these are. Any other has one of calls, and keeps its place among them.
		if (StreamFilter.isAskedFor(exchange.getRequest()) || GrpcTrailers.isGrpc(exchange.getRequest())) {
			permit.succeeded();
		}
		else {
			permit.streams();
		}
	}

	private static boolean isRepeatable(ServerHttpRequest request) {
		HttpHeaders headers = request.getHeaders();
		return (HttpMethod.GET.equals(request.getMethod()) || HttpMethod.HEAD.equals(request.getMethod()))
				&& headers.getContentLength() <= 0 && !headers.containsHeader(HttpHeaders.TRANSFER_ENCODING)
				&& !headers.containsHeader(HttpHeaders.UPGRADE) && !StreamFilter.isAskedFor(request);
	}

}
