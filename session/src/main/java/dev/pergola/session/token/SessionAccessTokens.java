package dev.pergola.session.token;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeoutException;

import dev.pergola.session.AccessTokens;
import dev.pergola.session.ProviderUnavailableException;
import dev.pergola.session.SessionProperties;
import dev.pergola.session.SignInRequiredException;
import dev.pergola.session.store.SessionEnds;
import dev.pergola.session.store.SessionStore;
import dev.pergola.session.store.SignedIn;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.security.oauth2.server.resource.authentication.AbstractOAuth2TokenAuthenticationToken;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebSession;

/**
 * Access tokens out of the session, refreshed under a lock per session.
 */
public class SessionAccessTokens implements AccessTokens {

	private final SessionStore sessions;

	private final SessionEnds ends;

	private final RefreshLock lock;

	private final TokenEndpoint provider;

	private final SessionProperties.Refresh properties;

	private final Clock clock;

	/**
	 * Creates the access tokens.
	 * @param sessions where sessions are read again inside the lock
	 * @param ends told when a session is over
	 * @param lock lock per session
	 * @param provider token endpoint
	 * @param properties when to refresh and how long to wait
	 * @param clock clock that says when a token has expired
	 */
	public SessionAccessTokens(SessionStore sessions, SessionEnds ends, RefreshLock lock, TokenEndpoint provider,
			SessionProperties.Refresh properties, Clock clock) {
		this.sessions = sessions;
		this.ends = ends;
		this.lock = lock;
		this.provider = provider;
		this.properties = properties;
		this.clock = clock;
	}

	@Override
	public Mono<String> accessToken(ServerWebExchange exchange) {
		return exchange.getPrincipal().flatMap((principal) -> {
			if (principal instanceof AbstractOAuth2TokenAuthenticationToken<?> bearer) {
				return Mono.just(bearer.getToken().getTokenValue());
			}
			return exchange.getSession().flatMap(this::ofSession);
		}).switchIfEmpty(Mono.error(() -> new SignInRequiredException("Sign in to the portal first.")));
	}

	private Mono<String> ofSession(WebSession session) {
		@Nullable SignedIn signedIn = SignedIn.find(session).orElse(null);
		if (signedIn == null) {
			return Mono.empty();
		}
		if (fresh(signedIn)) {
			return Mono.just(value(signedIn));
		}
		Mono<SignedIn> refreshed = this.lock.whileHeld(session.getId(), Mono.defer(() -> readAgain(session.getId())));
		// A caller that goes away must not lose the answer: the provider may have used up
		// the old refresh token by then.
		return Mono.fromFuture(refreshed::toFuture, true)
			.timeout(this.properties.maxWait())
			.onErrorMap(TimeoutException.class, SessionAccessTokens::unavailable)
			.doOnNext((latest) -> latest.keepIn(session))
			.onErrorResume(SignInRequiredException.class, (ex) -> session.invalidate().then(Mono.error(ex)))
			.map(SessionAccessTokens::value);
	}

	private Mono<SignedIn> readAgain(String sessionId) {
		return this.sessions.retrieveSession(sessionId)
			.flatMap((session) -> Mono.justOrEmpty(SignedIn.find(session))
				.flatMap((signedIn) -> fresh(signedIn) ? Mono.just(signedIn) : refresh(session, signedIn)))
			.switchIfEmpty(Mono.error(SessionAccessTokens::over));
	}

	private Mono<SignedIn> refresh(WebSession session, SignedIn signedIn) {
		@Nullable OAuth2RefreshToken refreshToken = signedIn.client().getRefreshToken();
		if (refreshToken == null) {
			return end(session);
		}
		return this.provider.refresh(signedIn.client(), refreshToken)
			.map((response) -> merge(signedIn, response))
			.onErrorResume((ex) -> refused(ex) ? end(session) : Mono.error(unavailable(ex)))
			.flatMap((latest) -> keep(session, latest));
	}

	private Mono<SignedIn> keep(WebSession session, SignedIn latest) {
		latest.keepIn(session);
		// Fails when the person signed out meanwhile; nobody may use the new tokens then.
		return session.save()
			.onErrorResume((ex) -> this.provider.revoke(latest.client()).then(Mono.error(over())))
			.thenReturn(latest);
	}

	private Mono<SignedIn> end(WebSession session) {
		return this.ends.end(session).then(Mono.error(SessionAccessTokens::over));
	}

	private boolean fresh(SignedIn signedIn) {
		Instant expiresAt = signedIn.client().getAccessToken().getExpiresAt();
		Duration early = this.properties.early();
		return expiresAt == null || Instant.now(this.clock).isBefore(expiresAt.minus(early));
	}

	private static SignedIn merge(SignedIn signedIn, OAuth2AccessTokenResponse response) {
		OAuth2AuthorizedClient before = signedIn.client();
		OAuth2AccessToken accessToken = response.getAccessToken();
		OAuth2RefreshToken refreshToken = response.getRefreshToken();
		OAuth2AuthorizedClient client = new OAuth2AuthorizedClient(before.getClientRegistration(),
				before.getPrincipalName(), accessToken,
				(refreshToken != null) ? refreshToken : before.getRefreshToken());
		Object idToken = response.getAdditionalParameters().get(OidcParameterNames.ID_TOKEN);
		return signedIn.refreshed(client, (idToken != null) ? idToken.toString() : null);
	}

	private static boolean refused(Throwable ex) {
		return ex instanceof OAuth2AuthorizationException oauth2
				&& OAuth2ErrorCodes.INVALID_GRANT.equals(oauth2.getError().getErrorCode());
	}

	private static String value(SignedIn signedIn) {
		return signedIn.client().getAccessToken().getTokenValue();
	}

	private static SignInRequiredException over() {
		return new SignInRequiredException("The session is over; sign in again.");
	}

	private static ProviderUnavailableException unavailable(Throwable ex) {
		return new ProviderUnavailableException("The sign-in service does not answer.", ex);
	}

}
