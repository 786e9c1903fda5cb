package dev.pergola.bff.caller;

import java.time.Instant;
import java.util.Objects;

import dev.pergola.bff.problem.BffException;
import dev.pergola.bff.problem.Failure;
import dev.pergola.bff.streams.OpenSession;
import dev.pergola.bff.streams.SessionProbe;
import dev.pergola.manifests.catalog.Audience;
import dev.pergola.session.AccessTokens;
import dev.pergola.session.SessionCheck;
import dev.pergola.session.SessionPrincipal;
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

	private final SessionCheck check;

	private final SessionEnds ends;

	public SessionCallers(AccessTokens accessTokens, SessionCheck check, SessionEnds ends) {
		this.accessTokens = accessTokens;
		this.check = check;
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
	public Mono<AccessTokenSource> accessTokens(ServerWebExchange exchange) {
		return accessToken(
				exchange)
			.flatMap((first) -> isSession(exchange).flatMap((held) -> held
					? exchange.getSession()
						.map((session) -> new SessionTokens(this.accessTokens, session.getId(), first))
					: Mono.just(AccessTokenSource.of(first))));
	}

	@Override
	public Mono<Boolean> isSession(ServerWebExchange exchange) {
		return authentication().map((authentication) -> !isBearer(authentication)).defaultIfEmpty(false);
	}

	/** A session has its store to ask; an access token of a program's own its time. */
	@Override
	public Mono<OpenSession> session(ServerWebExchange exchange) {
		return authentication()
			.flatMap((authentication) -> (authentication instanceof AbstractOAuth2TokenAuthenticationToken<?> bearer)
					? Mono.<OpenSession>just(new BearerTime(bearer.getToken().getExpiresAt()))
					: exchange.getSession()
						.<OpenSession>map((session) -> new PortalSession(session.getId(), this.check, this.ends)))
			.switchIfEmpty(Mono.error(SessionCallers::nobody));
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

	/** Of a browser. */
	private record PortalSession(String id, SessionCheck check, SessionEnds ends) implements OpenSession {

		@Override
		public Mono<Boolean> isAlive() {
			return this.check.isOpen(this.id);
		}

		@Override
		public Mono<Void> ended() {
			return this.ends.of(this.id);
		}

		/** Without the id, which is the session's secret. */
		@Override
		public String toString() {
			return "PortalSession[]";
		}

	}

	/** Of a program. */
	private record BearerTime(@Nullable Instant expiresAt) implements OpenSession {

		@Override
		public Mono<Boolean> isAlive() {
			return Mono.fromSupplier(() -> this.expiresAt == null || !this.expiresAt.isBefore(Instant.now()));
		}

		@Override
		public Mono<Void> ended() {
			return Mono.never();
		}

	}

}
