package dev.pergola.session;

import java.io.Serial;
import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.server.resource.authentication.AbstractOAuth2TokenAuthenticationToken;

/**
 * Who a request acts for, read from the id token of a session or from a bearer access
 * token. Sets keep the order of the claims.
 *
 * @param subject claim {@code sub}, never empty
 * @param name name to show; the subject when the provider tells none
 * @param roles the portal's own roles, such as {@code admin}
 * @param permissions permissions such as {@code partnerships:read}
 * @param teams teams the person publishes for
 * @param tenant customer whose data is kept apart, {@code null} when there is one only
 */
public record SessionPrincipal(String subject, String name, Set<String> roles, Set<String> permissions,
		Set<String> teams, @Nullable String tenant) implements Serializable {

	@Serial
	private static final long serialVersionUID = 1L;

	public SessionPrincipal {
		if (subject.isBlank()) {
			throw new IllegalArgumentException("subject: blank (expected: claim sub)");
		}
		roles = copy(roles);
		permissions = copy(permissions);
		teams = copy(teams);
	}

	/**
	 * Names a manifest's {@code requires} is held against: roles and permissions.
	 * @return union of both, roles first
	 */
	public Set<String> grants() {
		Set<String> grants = new LinkedHashSet<>(this.roles);
		grants.addAll(this.permissions);
		return Collections.unmodifiableSet(grants);
	}

	/**
	 * Spring Security authorities: {@code ROLE_<role>}, the bare permission and
	 * {@code TEAM_<team>}. A permission that would read as a role or team is left out.
	 * @return authorities in that order
	 */
	public Set<GrantedAuthority> authorities() {
		Set<GrantedAuthority> authorities = new LinkedHashSet<>();
		this.roles.forEach((role) -> authorities.add(new SimpleGrantedAuthority("ROLE_" + role)));
		this.permissions.stream()
			.filter((permission) -> Stream.of("ROLE_", "TEAM_").noneMatch(permission::startsWith))
			.forEach((permission) -> authorities.add(new SimpleGrantedAuthority(permission)));
		this.teams.forEach((team) -> authorities.add(new SimpleGrantedAuthority("TEAM_" + team)));
		return Collections.unmodifiableSet(authorities);
	}

	/**
	 * Principal of a signed-in session or of a bearer call. Authentications that were not
	 * made here are read with the default claim names.
	 * @param authentication authentication of a session or of a JWT bearer call
	 * @return its principal; {@link IllegalArgumentException} for anything else, such as
	 * an anonymous authentication
	 */
	public static SessionPrincipal of(Authentication authentication) {
		if (authentication instanceof Holder holder) {
			return holder.sessionPrincipal();
		}
		if (authentication.getPrincipal() instanceof Holder holder) {
			return holder.sessionPrincipal();
		}
		if (authentication.getPrincipal() instanceof OAuth2AuthenticatedPrincipal user) {
			return ClaimNames.DEFAULT.principal(user.getAttributes());
		}
		if (authentication instanceof AbstractOAuth2TokenAuthenticationToken<?> bearer) {
			return ClaimNames.DEFAULT.principal(bearer.getTokenAttributes());
		}
		throw new IllegalArgumentException("authentication: %s (expected: a session or a bearer call)"
			.formatted(authentication.getClass().getSimpleName()));
	}

	private static Set<String> copy(Set<String> names) {
		return Collections.unmodifiableSet(new LinkedHashSet<>(names));
	}

	/**
	 * An authentication, or the principal of one, that knows its session principal.
	 */
	public interface Holder {

		/**
		 * Principal read when the person or program was authenticated.
		 * @return the principal
		 */
		SessionPrincipal sessionPrincipal();

	}

}
