package dev.pergola.bff.streams;

import reactor.core.publisher.Mono;

import org.springframework.web.server.ServerWebExchange;

/** Tells whether the person of a request is still signed in. */
public interface SessionProbe {

	/** Looks now, not at what the request saw when it began. */
	Mono<Boolean> isAlive(ServerWebExchange exchange);

	/**
	 * Hears of the end, where this process is told.
	 * @return completes at the end; may never do so, and is not relied upon
	 */
	Mono<Void> ended(ServerWebExchange exchange);

}
