package dev.pergola.session.login;

import java.time.Clock;
import java.time.Instant;
import java.util.Objects;

import dev.pergola.session.store.SignedIn;
import reactor.core.publisher.Mono;

import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.web.server.ServerOAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebSession;

/**
 * Keeps the tokens of a sign-in in its own session, never by the name of the person: two
 * browsers, or two providers that know the same name, stay apart.
 */
public class SessionClients implements ServerOAuth2AuthorizedClientRepository {

	private final Clock clock;

	/**
	 * Creates the repository.
	 * @param clock clock that says when somebody signed in
	 */
	public SessionClients(Clock clock) {
		this.clock = clock;
	}

	@Override
	@SuppressWarnings("unchecked")
	public <T extends OAuth2AuthorizedClient> Mono<T> loadAuthorizedClient(String registrationId,
			Authentication principal, ServerWebExchange exchange) {
		return exchange.getSession()
			.flatMap((session) -> Mono.justOrEmpty(SignedIn.find(session)))
			.map(SignedIn::client)
			.filter((client) -> client.getClientRegistration().getRegistrationId().equals(registrationId))
			.map((client) -> (T) client);
	}

	@Override
	public Mono<Void> saveAuthorizedClient(OAuth2AuthorizedClient client, Authentication principal,
			ServerWebExchange exchange) {
		return exchange.getSession().doOnNext((session) -> begin(session, client, principal)).then();
	}

	@Override
	public Mono<Void> removeAuthorizedClient(String registrationId, Authentication principal,
			ServerWebExchange exchange) {
		return exchange.getSession().flatMap(WebSession::invalidate);
	}

	private void begin(WebSession session, OAuth2AuthorizedClient client, Authentication principal) {
		// Whoever was signed in before in this browser leaves nothing behind.
		session.getAttributes().clear();
		Instant now = Instant.now(this.clock);
		if (principal.getPrincipal() instanceof OidcUser user) {
			new SignedIn(client, user.getIdToken().getTokenValue(), String.valueOf(user.getIssuer()),
					Objects.requireNonNull(user.getSubject()), user.getClaimAsString("sid"), now)
				.keepIn(session);
		}
		else {
			throw new IllegalStateException("sign-in without an id token (expected: scope openid)");
		}
	}

}
