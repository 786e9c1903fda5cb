package dev.pergola.bff.caller;

import reactor.core.publisher.Mono;

/**
 * Access tokens of whoever made a request, for what goes on when that is over: holds
 * nothing of the request.
 */
@FunctionalInterface
public interface AccessTokenSource {

	/**
	 * An access token that is valid now, refreshed when it has to be; the last one there
	 * was where there is no other.
	 * @return value to send after {@code Bearer}; never fails
	 */
	Mono<String> accessToken();

	/** Always the same, as a program brought it. */
	static AccessTokenSource of(String accessToken) {
		return () -> Mono.just(accessToken);
	}

}
