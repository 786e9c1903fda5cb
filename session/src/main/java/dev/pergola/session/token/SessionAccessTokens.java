package dev.pergola.session.token;

import java.time.Duration;
import java.util.concurrent.TimeoutException;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.pergola.session.AccessTokens;
import dev.pergola.session.ProviderUnavailableException;
import dev.pergola.session.SessionCheck;
import dev.pergola.session.SessionsUnavailableException;
import dev.pergola.session.SignInRequiredException;
import dev.pergola.session.store.Renewal;
import dev.pergola.session.store.SessionEnds;
import dev.pergola.session.store.SessionStore;
import dev.pergola.session.store.SharedWork;
import dev.pergola.session.store.SignedIn;
import dev.pergola.session.store.TokenLife;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

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
public class SessionAccessTokens implements AccessTokens, Renewal, SessionCheck {

	private static final Log log = LogFactory.getLog(SessionAccessTokens.class);

	/** After an attempt ahead of need, how long until the next one. */
	private static final Duration PAUSE = Duration.ofSeconds(10);

	private final SessionStore sessions;

	private final SessionEnds ends;

	private final RefreshLock lock;

	private final TokenEndpoint provider;

	private final TokenLife life;

	private final Duration maxWait;

	private final SharedWork<SignedIn> refreshing = new SharedWork<>();

	private final Cache<String, Boolean> renewed = Caffeine.newBuilder()
		.maximumSize(100_000)
		.expireAfterWrite(PAUSE)
		.build();

	/**
	 * Creates the access tokens.
	 * @param sessions where sessions are read again inside the lock
	 * @param ends told when a session is over
	 * @param lock lock per session
	 * @param provider token endpoint
	 * @param life when an access token has had its time
	 * @param maxWait time a caller waits for a refresh
	 */
	public SessionAccessTokens(SessionStore sessions, SessionEnds ends, RefreshLock lock, TokenEndpoint provider,
			TokenLife life, Duration maxWait) {
		this.sessions = sessions;
		this.ends = ends;
		this.lock = lock;
		this.provider = provider;
		this.life = life;
		this.maxWait = maxWait;
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

	@Override
	public Mono<String> ofSession(String sessionId) {
		return current(sessionId).map(SessionAccessTokens::value);
	}

	@Override
	public void renew(String sessionId) {
		if (this.renewed.asMap().putIfAbsent(sessionId, true) == null) {
			refreshed(sessionId).subscribe((latest) -> {
			}, (ex) -> log.info("Access token not renewed ahead of need: " + ex.getClass().getSimpleName()));
		}
	}

	@Override
	public Mono<Boolean> isOpen(String sessionId) {
		return current(sessionId).thenReturn(true)
			.onErrorResume(SignInRequiredException.class, (ex) -> Mono.just(false));
	}

	private Mono<String> ofSession(WebSession session) {
		if (SignedIn.find(session).isEmpty()) {
			return Mono.empty();
		}
		// A stream's own session is as old as the stream.
		return current(session.getId())
			.onErrorResume(SignInRequiredException.class, (ex) -> session.invalidate().then(Mono.error(ex)))
			.map(SessionAccessTokens::value);
	}

	private Mono<SignedIn> current(String sessionId) {
		return this.sessions.current(sessionId)
			.flatMap((current) -> Mono.justOrEmpty(SignedIn.find(current)))
			.switchIfEmpty(Mono.error(SessionAccessTokens::over))
			.flatMap((signedIn) -> fresh(sessionId, signedIn));
	}

	private Mono<SignedIn> fresh(String sessionId, SignedIn signedIn) {
		OAuth2AccessToken accessToken = signedIn.client().getAccessToken();
		if (!this.life.isFresh(accessToken)) {
			return refreshed(sessionId).timeout(this.maxWait)
				.onErrorMap(TimeoutException.class, SessionAccessTokens::unavailable);
		}
		if (this.life.isDue(accessToken) && signedIn.client().getRefreshToken() != null) {
			renew(sessionId);
		}
		return Mono.just(signedIn);
	}

	// One refresh for all who wait here. A caller that goes away must not lose the
	// answer: the provider may have used up the old refresh token by then.
	private Mono<SignedIn> refreshed(String sessionId) {
		return this.refreshing.join(sessionId, this.lock.whileHeld(sessionId, Mono.defer(() -> readAgain(sessionId))));
	}

	private Mono<SignedIn> readAgain(String sessionId) {
		return this.sessions.latest(sessionId)
			.flatMap((session) -> Mono.justOrEmpty(SignedIn.find(session))
				.flatMap((signedIn) -> this.life.isDue(signedIn.client().getAccessToken()) ? refresh(session, signedIn)
						: Mono.just(signedIn)))
			.switchIfEmpty(Mono.error(SessionAccessTokens::over));
	}

	private Mono<SignedIn> refresh(WebSession session, SignedIn signedIn) {
		@Nullable OAuth2RefreshToken refreshToken = signedIn.client().getRefreshToken();
		if (refreshToken == null) {
			return this.life.isFresh(signedIn.client().getAccessToken()) ? Mono.just(signedIn) : end(session);
		}
		return this.provider.refresh(signedIn.client(), refreshToken)
			.map((response) -> merge(signedIn, response))
			.map((latest) -> keep(session, latest))
			.onErrorResume(
					(ex) -> refused(ex) ? Mono.just(refused(session, refreshToken)) : Mono.error(unavailable(ex)))
			.flatMap((next) -> next);
	}

	private Mono<SignedIn> keep(WebSession session, SignedIn latest) {
		latest.keepIn(session);
		return session.save()
			// What the provider has used up would be lost with the new tokens.
			.retryWhen(Retry.backoff(4, Duration.ofMillis(100))
				.filter(SessionsUnavailableException.class::isInstance)
				.onRetryExhaustedThrow((retry, signal) -> signal.failure()))
			.thenReturn(latest)
			.onErrorResume(IllegalStateException.class, (ex) -> notKept(session.getId(), latest));
	}

	// The person signed out meanwhile, and nobody may use the new tokens; or somebody
	// else was faster, and theirs are good.
	private Mono<SignedIn> notKept(String sessionId, SignedIn mine) {
		return this.sessions.latest(sessionId)
			.flatMap((session) -> Mono.justOrEmpty(SignedIn.find(session)))
			.switchIfEmpty(
					Mono.defer(() -> this.provider.revoke(mine.client()).then(Mono.error(SessionAccessTokens::over))));
	}

	// A refresh token somebody else has used meanwhile is refused, too.
	private Mono<SignedIn> refused(WebSession session, OAuth2RefreshToken used) {
		return this.sessions.latest(session.getId())
			.flatMap((latest) -> Mono.justOrEmpty(SignedIn.find(latest)))
			.filter((latest) -> latest.client().getRefreshToken() instanceof OAuth2RefreshToken other
					&& !other.getTokenValue().equals(used.getTokenValue()))
			.switchIfEmpty(Mono.defer(() -> end(session)));
	}

	private Mono<SignedIn> end(WebSession session) {
		return this.ends.end(session).then(Mono.error(SessionAccessTokens::over));
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
