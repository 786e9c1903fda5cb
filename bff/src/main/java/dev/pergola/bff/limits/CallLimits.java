package dev.pergola.bff.limits;

import dev.pergola.bff.caller.Caller;
import dev.pergola.bff.caller.Callers;
import dev.pergola.bff.problem.BffException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.web.server.ServerWebExchange;

/** Limits of requests that have an exchange. */
public final class CallLimits {

	private final Limits limits;

	private final Callers callers;

	public CallLimits(Limits limits, Callers callers) {
		this.limits = limits;
		this.callers = callers;
	}

	/**
	 * Takes a request out of the buckets of whoever makes it. A program is told what it
	 * has left.
	 * @param module whose service is to be called, {@code null} for none
	 * @return fails with {@link BffException} when it is one too many, or nobody is
	 * signed in
	 */
	public Mono<Void> take(ServerWebExchange exchange, @Nullable String module) {
		return this.callers.caller(exchange).doOnNext((caller) -> take(exchange, caller, module)).then();
	}

	private void take(ServerWebExchange exchange, Caller caller, @Nullable String module) {
		Allowance allowance = this.limits.take(Party.of(caller), module);
		if (caller.client() != null) {
			// Last, as an upstream may have limits of its own to tell of.
			exchange.getResponse()
				.beforeCommit(() -> Mono
					.fromRunnable(() -> allowance.headers().forEach(exchange.getResponse().getHeaders()::set)));
		}
	}

}
