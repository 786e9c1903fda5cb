package dev.pergola.bff.streams;

import reactor.core.publisher.Mono;

import org.springframework.web.server.ServerWebExchange;

/** Finds the sessions of requests, for what stays open after them. */
@FunctionalInterface
public interface SessionProbe {

	/**
	 * The session of a request.
	 * @param exchange request behind the security filter
	 * @return never empty; keeps nothing of the request
	 */
	Mono<OpenSession> session(ServerWebExchange exchange);

}
