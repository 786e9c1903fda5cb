package dev.pergola.session.logout;

import java.time.Duration;

import reactor.core.publisher.Mono;

/**
 * Logout tokens that have been used, on whichever node.
 */
public interface UsedTokens {

	/**
	 * Whether a token was used before.
	 * @param id registration and {@code jti}
	 * @return also {@code true} when there are too many to tell
	 */
	Mono<Boolean> isUsed(String id);

	/**
	 * Remembers that a token was used.
	 * @param id registration and {@code jti}
	 * @param time how long to remember it
	 * @return completes when it is remembered
	 */
	Mono<Void> use(String id, Duration time);

}
