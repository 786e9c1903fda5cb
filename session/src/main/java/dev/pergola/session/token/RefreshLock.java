package dev.pergola.session.token;

import reactor.core.publisher.Mono;

/**
 * Lets one refresh at a time run for a session, wherever the requests arrive.
 */
public interface RefreshLock {

	/**
	 * Runs the work when nobody else runs work for the same session. The work must end by
	 * itself; a lock that outlives its holder is given up by the implementation.
	 * @param <T> result
	 * @param sessionId id of the session
	 * @param work what to run, subscribed to once
	 * @return the work's result or error
	 */
	<T> Mono<T> whileHeld(String sessionId, Mono<T> work);

}
