package dev.pergola.session.login;

import reactor.core.publisher.Mono;

import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;

/**
 * Sign-ins that have begun: state, nonce and code verifier of each, bound to a browser
 * and good for one use. They live outside the session, because its cookie does not come
 * along when a provider on another site sends the person back.
 */
public interface PendingLogins {

	/**
	 * Keeps a begun sign-in until it is taken or its time is over.
	 * @param browser secret name of the browser
	 * @param address where it is; what begins at one address is bounded, so that it takes
	 * no place of others
	 * @param request the request to the provider; its state names it
	 * @return completes when it is kept
	 */
	Mono<Void> keep(String browser, String address, OAuth2AuthorizationRequest request);

	/**
	 * Takes a begun sign-in out.
	 * @param browser secret name of the browser
	 * @param state state the provider sent back
	 * @return the request, once; empty when there is none of this browser
	 */
	Mono<OAuth2AuthorizationRequest> take(String browser, String state);

}
