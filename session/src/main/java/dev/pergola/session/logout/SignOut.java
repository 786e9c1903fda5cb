package dev.pergola.session.logout;

import java.net.URI;

import dev.pergola.session.SessionProperties;
import dev.pergola.session.problem.NoticePage;
import dev.pergola.session.store.SessionEnds;
import dev.pergola.session.store.SignedIn;
import dev.pergola.session.token.TokenEndpoint;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
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

	private final SessionEnds ends;

	private final TokenEndpoint provider;

	/**
	 * Creates the sign-out.
	 * @param properties public origin
	 * @param ends ends sessions
	 * @param provider revokes refresh tokens
	 */
	public SignOut(SessionProperties properties, SessionEnds ends, TokenEndpoint provider) {
		this.properties = properties;
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
		return exchange.getSession().flatMap((session) -> {
			URI next = SignedIn.find(session).map(this::endSession).orElse(URI.create(PAGE));
			exchange.getResponse().setStatusCode(HttpStatus.SEE_OTHER);
			exchange.getResponse().getHeaders().setLocation(next);
			return end(session).then(exchange.getResponse().setComplete());
		});
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
	 * Ends a session and revokes its refresh token first.
	 * @param session any session
	 * @return completes when the session is gone
	 */
	Mono<Void> end(WebSession session) {
		return Mono.justOrEmpty(SignedIn.find(session))
			.flatMap((signedIn) -> this.provider.revoke(signedIn.client()))
			.then(this.ends.end(session));
	}

	// OpenID Connect RP-Initiated Logout.
	private URI endSession(SignedIn signedIn) {
		Object endpoint = signedIn.client()
			.getClientRegistration()
			.getProviderDetails()
			.getConfigurationMetadata()
			.get("end_session_endpoint");
		if (endpoint == null || signedIn.idToken() == null) {
			return URI.create(PAGE);
		}
		return UriComponentsBuilder.fromUriString(endpoint.toString())
			.queryParam("id_token_hint", "{idToken}")
			.queryParam("client_id", "{client}")
			.queryParam("post_logout_redirect_uri", "{back}")
			.encode()
			.buildAndExpand(signedIn.idToken(), signedIn.client().getClientRegistration().getClientId(),
					this.properties.publicOrigin() + PAGE)
			.toUri();
	}

}
