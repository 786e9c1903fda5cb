package dev.pergola.bff.caller;

import java.security.Principal;
import java.time.Instant;
import java.util.Objects;

import dev.pergola.bff.problem.BffException;
import dev.pergola.bff.problem.Failure;
import dev.pergola.bff.streams.SessionProbe;
import dev.pergola.manifests.catalog.Audience;
import dev.pergola.session.AccessTokens;
import dev.pergola.session.SessionPrincipal;
import dev.pergola.session.SignInRequiredException;
import dev.pergola.session.store.SessionEnds;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.server.resource.authentication.AbstractOAuth2TokenAuthenticationToken;
import org.springframework.web.server.ServerWebExchange;

/** Callers as the portal session knows them. */
public final class SessionCallers implements Callers, SessionProbe {

	private final AccessTokens accessTokens;

	private final SessionEnds ends;

	public SessionCallers(AccessTokens accessTokens, SessionEnds ends) {
		this.accessTokens = accessTokens;
		this.ends = ends;
	}

	@Override
	public Mono<Caller> caller(ServerWebExchange exchange) {
		return authentication().map(SessionCallers::caller).switchIfEmpty(Mono.error(SessionCallers::nobody));
	}

	@Override
	public Mono<String> accessToken(ServerWebExchange exchange) {
		return this.accessTokens.accessToken(exchange).switchIfEmpty(Mono.error(SessionCallers::nobody));
	}

	@Override
	public Mono<Boolean> isSession(ServerWebExchange exchange) {
		return authentication().map((authentication) -> !isBearer(authentication)).defaultIfEmpty(false);
	}

	/**
	 * A session that is over has no access token; one of a program's own has its time.
	 */
	@Override
	public Mono<Boolean> isAlive(ServerWebExchange exchange) {
		return exchange.getPrincipal()
			.filter((principal) -> !isExpired(principal))
			.flatMap((principal) -> this.accessTokens.accessToken(exchange))
			.hasElement()
			.onErrorResume(SignInRequiredException.class, (ex) -> Mono.just(false));
	}

	@Override
	public Mono<Void> ended(ServerWebExchange exchange) {
		// Completes at once for a request without a session, which is no end.
		return authentication()
			.flatMap((authentication) -> isBearer(authentication) ? Mono.never() : this.ends.of(exchange));
	}

	private static boolean isExpired(Principal principal) {
		return principal instanceof AbstractOAuth2TokenAuthenticationToken<?> bearer
				&& bearer.getToken().getExpiresAt() instanceof Instant expiresAt && expiresAt.isBefore(Instant.now());
	}

	private static Mono<Authentication> authentication() {
		return ReactiveSecurityContextHolder.getContext()
			.mapNotNull(SecurityContext::getAuthentication)
			.filter(Authentication::isAuthenticated);
	}

	private static Caller caller(Authentication authentication) {
		SessionPrincipal principal;
		try {
			principal = SessionPrincipal.of(authentication);
		}
		catch (IllegalArgumentException ex) {
			throw nobody();
		}
		String key = issuer(authentication) + "|" + principal.subject();
		Audience audience = Audience.of(principal.subject(), principal.tenant(), principal.roles(),
				principal.permissions(), principal.teams());
		return new Caller(key, audience, principal.grants(), client(authentication));
	}

	// Two providers may give two people the same subject.
	private static String issuer(Authentication authentication) {
		Object issuer = null;
		if (authentication.getPrincipal() instanceof OAuth2AuthenticatedPrincipal user) {
			issuer = user.getAttribute("iss");
		}
		else if (authentication instanceof AbstractOAuth2TokenAuthenticationToken<?> bearer) {
			issuer = bearer.getTokenAttributes().get("iss");
		}
		return (issuer != null) ? issuer.toString() : "";
	}

	// OpenID Connect says azp, RFC 9068 client_id.
	private static @Nullable String client(Authentication authentication) {
		if (!(authentication instanceof AbstractOAuth2TokenAuthenticationToken<?> bearer)) {
			return null;
		}
		Object client = bearer.getTokenAttributes().get("azp");
		Object other = bearer.getTokenAttributes().get("client_id");
		return Objects.toString((client != null) ? client : other, "unknown");
	}

	private static boolean isBearer(Authentication authentication) {
		return authentication instanceof AbstractOAuth2TokenAuthenticationToken<?>;
	}

	private static BffException nobody() {
		return new BffException(Failure.UNAUTHENTICATED, "Nobody is signed in.");
	}

}
