package dev.pergola.bff.filter;

import java.time.Duration;

import dev.pergola.bff.resilience.Permit;
import dev.pergola.bff.resilience.UpstreamGuard;
import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.core.Ordered;
import org.springframework.util.unit.DataSize;
import org.springframework.web.server.ServerWebExchange;

/** Lets calls pass the upstream's guard, and tells it what became of them. */
final class GuardFilter implements GatewayFilter, Ordered {

	private final UpstreamGuard guard;

	private final Duration timeout;

	private final long maxAnswer;

	/**
	 * Creates the filter.
	 * @param timeout time until the answer has to begin
	 * @param maxAnswer size of an answer that is no stream
	 */
	GuardFilter(UpstreamGuard guard, Duration timeout, DataSize maxAnswer) {
		this.guard = guard;
		this.timeout = timeout;
		this.maxAnswer = maxAnswer.toBytes();
	}

	@Override
	public int getOrder() {
		return FilterOrder.GUARD;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		return Mono.defer(() -> {
			Permit permit = this.guard.admit(this.timeout);
			Relay.setPermit(exchange, permit);
			GuardedResponse response = new GuardedResponse(exchange, permit, this.maxAnswer);
			return chain
				.filter(exchange.mutate()
					.request(new GuardedRequest(exchange.getRequest(), permit))
					.response(response)
					.build())
				.doOnSuccess((nothing) -> permit.succeeded())
				.doOnError((ex) -> end(permit, response, ex))
				.doOnCancel(permit::cancelled);
		});
	}

	// What breaks while the answer is written, and is not the answer, is the client's
	// end.
	private static void end(Permit permit, GuardedResponse response, Throwable ex) {
		if (response.isWriting()) {
			permit.cancelled();
		}
		else {
			permit.failed(ex);
		}
	}

}
