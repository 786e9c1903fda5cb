package dev.pergola.session.store;

import reactor.core.publisher.Flux;

import org.springframework.web.server.WebSession;
import org.springframework.web.server.session.WebSessionStore;

/**
 * Sessions that can also be found by who signed in.
 */
public interface SessionStore extends WebSessionStore {

	/**
	 * Sessions a back-channel logout means.
	 * @param logout whose sessions to find
	 * @return sessions alive, in no order
	 */
	Flux<WebSession> find(ProviderLogout logout);

}
