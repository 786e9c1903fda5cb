package dev.pergola.session;

import reactor.core.publisher.Mono;

/**
 * Looks whether a session goes on, for what stays open after its request was answered:
 * whoever holds it keeps no request.
 */
@FunctionalInterface
public interface SessionCheck {

	/**
	 * Looks now; renews the session's access token when it has expired. No use of the
	 * session.
	 * @param sessionId id of the session
	 * @return {@code false} when the session is over, or the provider ended its grant;
	 * {@link ProviderUnavailableException} or {@link SessionsUnavailableException} when
	 * nobody can tell
	 */
	Mono<Boolean> isOpen(String sessionId);

}
