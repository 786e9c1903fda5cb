package dev.pergola.session.store;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.web.server.WebSession;
import org.springframework.web.server.session.WebSessionStore;

/**
 * Sessions that can also be found by who signed in. Where they are kept elsewhere and
 * that place does not answer, every method ends with a
 * {@link dev.pergola.session.SessionsUnavailableException}.
 */
public interface SessionStore extends WebSessionStore {

	/**
	 * The session as it is now, give or take a second; no use of it.
	 * @param id id of the session
	 * @return empty when it is over
	 */
	Mono<WebSession> current(String id);

	/**
	 * The session as it is kept, past anything remembered here; no use of it.
	 * @param id id of the session
	 * @return empty when it is over
	 */
	Mono<WebSession> latest(String id);

	/**
	 * Sessions a back-channel logout means.
	 * @param logout whose sessions to find
	 * @return sessions alive, in no order
	 */
	Flux<WebSession> find(ProviderLogout logout);

}
