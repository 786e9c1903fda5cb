package dev.pergola.session.logout;

import java.net.URI;
import java.util.Optional;

import dev.pergola.session.ProviderUnavailableException;
import dev.pergola.session.SessionProperties;
import dev.pergola.session.problem.NoticePage;
import dev.pergola.session.store.SessionEnds;
import dev.pergola.session.store.SessionStore;
import dev.pergola.session.store.SignedIn;
import dev.pergola.session.token.TokenEndpoint;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebSession;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Signs a person out here and at the provider.
 */
public class SignOut {

	/** Where the person ends up. */
	static final String PAGE = "/logout";

	private final SessionProperties properties;

	private final SessionStore sessions;

	private final SessionEnds ends;

	private final TokenEndpoint provider;

	/**
	 * Creates the sign-out.
	 * @param properties public origin
	 * @param sessions where sessions are read again
	 * @param ends ends sessions
	 * @param provider revokes refresh tokens
	 */
	public SignOut(SessionProperties properties, SessionStore sessions, SessionEnds ends, TokenEndpoint provider) {
		this.properties = properties;
		this.sessions = sessions;
		this.ends = ends;
		this.provider = provider;
	}

	/**
	 * {@code POST /logout}: revokes the refresh token, ends the session, expires its
	 * cookie, and sends the browser to the provider's sign-out. Works without a session
	 * too.
	 * @param exchange the request
	 * @return 303
	 */
	public Mono<Void> signOut(ServerWebExchange exchange) {
		return exchange.getSession().flatMap((session) -> latest(session).flatMap((signedIn) -> {
			Mono<URI> next = Mono.justOrEmpty(signedIn).flatMap(this::endSession).defaultIfEmpty(URI.create(PAGE));
			Mono<Void> revoked = Mono.justOrEmpty(signedIn).flatMap((known) -> this.provider.revoke(known.client()));
			return revoked.then(this.ends.end(session)).then(next).flatMap((location) -> {
				exchange.getResponse().setStatusCode(HttpStatus.SEE_OTHER);
				exchange.getResponse().getHeaders().setLocation(location);
				return exchange.getResponse().setComplete();
			});
		}));
	}

	// Another request may have renewed the tokens since this one came.
	private Mono<Optional<SignedIn>> latest(WebSession session) {
		if (SignedIn.find(session).isEmpty()) {
			return Mono.just(Optional.empty());
		}
		return this.sessions.latest(session.getId()).map(SignedIn::find).defaultIfEmpty(Optional.empty());
	}

	/**
	 * {@code GET /logout}: says who is signed in no more, or offers to sign out.
	 * @param exchange the request
	 * @return 200
	 */
	public Mono<Void> page(ServerWebExchange exchange) {
		return exchange.getSession()
			.map((session) -> SignedIn.find(session).isPresent()
					? new NoticePage(HttpStatus.OK, "Sign out?", "You are signed in to the portal.", "Sign out", PAGE,
							NoticePage.Way.BUTTON)
					: new NoticePage(HttpStatus.OK, "Signed out", "You are signed out of the portal.", "Sign in", "/",
							NoticePage.Way.LINK))
			.flatMap((page) -> page.write(exchange));
	}

	/**
	 * Ends a session on the provider's word, at once: its own revocation endpoint may
	 * take its time.
	 * @param session any session
	 * @return completes when the session is gone and its refresh token revoked
	 */
	Mono<Void> end(WebSession session) {
		Mono<Void> revoked = Mono.justOrEmpty(SignedIn.find(session))
			.flatMap((signedIn) -> this.provider.revoke(signedIn.client()));
		return this.ends.end(session).then(revoked);
	}

	// OpenID Connect RP-Initiated Logout.
	private Mono<URI> endSession(SignedIn signedIn) {
		return this.provider.registration(signedIn.client())
			.mapNotNull((registration) -> endSession(signedIn, registration))
			.onErrorComplete(ProviderUnavailableException.class);
	}

	private @Nullable URI endSession(SignedIn signedIn, ClientRegistration registration) {
		Object endpoint = registration.getProviderDetails().getConfigurationMetadata().get("end_session_endpoint");
		if (endpoint == null || signedIn.idToken() == null) {
			return null;
		}
		return UriComponentsBuilder.fromUriString(endpoint.toString())
			.queryParam("id_token_hint", "{idToken}")
			.queryParam("client_id", "{client}")
			.queryParam("post_logout_redirect_uri", "{back}")
			.encode()
			.buildAndExpand(signedIn.idToken(), registration.getClientId(), this.properties.publicOrigin() + PAGE)
			.toUri();
	}

}
