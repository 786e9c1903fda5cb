package dev.pergola.session;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Names of the claims a principal is read from. A dot reaches into an object, so
 * {@code realm_access.roles} works; a claim whose own name has the dot wins.
 *
 * @param name Claim with the name to show.
 * @param roles Claim with the portal's roles.
 * @param permissions Claim with permissions.
 * @param teams Claim with the teams a person publishes for.
 * @param tenant Claim with the tenant.
 */
public record ClaimNames(@DefaultValue("name") String name, @DefaultValue("roles") String roles,
		@DefaultValue("permissions") String permissions, @DefaultValue("teams") String teams,
		@DefaultValue("tenant") String tenant) {

	/** Names the demo identity provider uses. */
	public static final ClaimNames DEFAULT = new ClaimNames("name", "roles", "permissions", "teams", "tenant");

	/**
	 * Reads the principal out of a token's claims.
	 * @param claims claims of an id token or of a JWT access token; lists of names may be
	 * an array or words separated by spaces
	 * @return the principal; {@link IllegalArgumentException} when there is no
	 * {@code sub}
	 */
	public SessionPrincipal principal(Map<String, Object> claims) {
		String subject = Objects.toString(claims.get("sub"), "");
		return new SessionPrincipal(subject, Objects.toString(find(claims, this.name), subject),
				names(find(claims, this.roles)), names(find(claims, this.permissions)), names(find(claims, this.teams)),
				Objects.toString(find(claims, this.tenant), null));
	}

	private static @Nullable Object find(Map<?, ?> claims, String path) {
		Object value = claims.get(path);
		int dot = path.indexOf('.');
		if (value == null && dot > 0 && claims.get(path.substring(0, dot)) instanceof Map<?, ?> inner) {
			return find(inner, path.substring(dot + 1));
		}
		return value;
	}

	private static Set<String> names(@Nullable Object value) {
		Collection<?> values = switch (value) {
			case null -> List.of();
			case Collection<?> collection -> collection;
			default -> List.of(value.toString().split(" "));
		};
		Set<String> names = new LinkedHashSet<>();
		for (Object each : values) {
			String name = Objects.toString(each, "");
			if (!name.isBlank()) {
				names.add(name);
			}
		}
		return names;
	}

}
