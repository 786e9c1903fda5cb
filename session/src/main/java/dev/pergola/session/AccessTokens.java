package dev.pergola.session;

import reactor.core.publisher.Mono;

import org.springframework.web.server.ServerWebExchange;

/**
 * Access tokens to call services with, on behalf of whoever made a request. Never falls
 * back to an anonymous call.
 */
public interface AccessTokens {

	/**
	 * Access token of the request's session, refreshed first when it has expired, or of
	 * the request's own {@code Authorization} header. However many callers wait for the
	 * same session, the token endpoint is asked once. A caller that goes away does not
	 * stop a refresh others need.
	 * @param exchange request behind the security filter
	 * @return value to send after {@code Bearer}, never empty;
	 * {@link SignInRequiredException} when nobody is signed in or the provider ended the
	 * grant (the session is over then), {@link ProviderUnavailableException} when the
	 * provider does not answer (the session stays)
	 */
	Mono<String> accessToken(ServerWebExchange exchange);

	/**
	 * The same for a session, for what goes on after its request was answered: whoever
	 * holds the id keeps no request.
	 * @param sessionId id of the session
	 * @return as for a request; {@link SignInRequiredException} also where no sessions
	 * are held
	 */
	default Mono<String> ofSession(String sessionId) {
		return Mono.error(() -> new SignInRequiredException("No session is held here."));
	}

}
