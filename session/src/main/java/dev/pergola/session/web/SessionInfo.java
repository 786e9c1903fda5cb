package dev.pergola.session.web;

import java.time.Clock;
import java.time.Instant;
import java.util.Set;

import dev.pergola.session.SessionPrincipal;
import dev.pergola.session.SessionProperties;
import dev.pergola.session.store.SignedIn;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.authentication.AbstractOAuth2TokenAuthenticationToken;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebSession;

/**
 * Who is signed in, for the browser.
 *
 * @param subject subject at the provider
 * @param name name to show
 * @param roles the portal's own roles
 * @param permissions permissions
 * @param teams teams the person publishes for
 * @param tenant tenant, {@code null} when there is one only
 * @param expiresAt when the session ends if nothing more is asked, or the bearer token
 * expires
 */
public record SessionInfo(String subject, String name, Set<String> roles, Set<String> permissions, Set<String> teams,
		@Nullable String tenant, @Nullable Instant expiresAt) {

	/**
	 * Reads who is signed in.
	 * @param exchange an authenticated request
	 * @param lifetime lifetime of sessions
	 * @param clock clock
	 * @return the answer of {@code GET /session}; empty when nobody is
	 */
	public static Mono<SessionInfo> of(ServerWebExchange exchange, SessionProperties.Lifetime lifetime, Clock clock) {
		return exchange.getPrincipal().cast(Authentication.class).flatMap((authentication) -> {
			SessionPrincipal principal = SessionPrincipal.of(authentication);
			if (authentication instanceof AbstractOAuth2TokenAuthenticationToken<?> bearer) {
				return Mono.just(of(principal, bearer.getToken().getExpiresAt()));
			}
			return exchange.getSession().map((session) -> of(principal, expiresAt(session, lifetime, clock)));
		});
	}

	private static Instant expiresAt(WebSession session, SessionProperties.Lifetime lifetime, Clock clock) {
		Instant idle = Instant.now(clock).plus(lifetime.idle());
		return SignedIn.find(session)
			.map((signedIn) -> signedIn.at().plus(lifetime.absolute()))
			.filter(idle::isAfter)
			.orElse(idle);
	}

	private static SessionInfo of(SessionPrincipal principal, @Nullable Instant expiresAt) {
		return new SessionInfo(principal.subject(), principal.name(), principal.roles(), principal.permissions(),
				principal.teams(), principal.tenant(), expiresAt);
	}

}
