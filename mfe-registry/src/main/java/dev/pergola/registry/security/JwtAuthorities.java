package dev.pergola.registry.security;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import dev.pergola.registry.caller.Caller;
import org.jspecify.annotations.Nullable;

import org.springframework.core.convert.converter.Converter;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

/**
 * Makes authorities of an access token's claims: {@code ROLE_<role>}, the bare
 * permission, {@code TEAM_<team>}. Names that only the registry gives cannot be claimed.
 */
final class JwtAuthorities implements Converter<Jwt, AbstractAuthenticationToken> {

	private static final List<String> OURS = List.of(Caller.SERVICE, Caller.TEAM_TOKEN, Caller.PIPELINE,
			Caller.PUBLISHER);

	private final SecurityProperties.Jwt properties;

	JwtAuthorities(SecurityProperties.Jwt properties) {
		this.properties = properties;
	}

	@Override
	public AbstractAuthenticationToken convert(Jwt jwt) {
		Collection<GrantedAuthority> authorities = new ArrayList<>();
		add(jwt, this.properties.rolesClaim(), (name) -> "ROLE_" + name, authorities);
		add(jwt, this.properties.permissionsClaim(), JwtAuthorities::permission, authorities);
		add(jwt, this.properties.teamsClaim(), Caller::teamAuthority, authorities);
		return new JwtAuthenticationToken(jwt, authorities);
	}

	/** A permission must not pass for a role or a team. */
	private static String permission(String name) {
		return (name.startsWith("ROLE_") || name.startsWith("TEAM_")) ? "permission:" + name : name;
	}

	private static void add(Jwt jwt, String claim, UnaryOperator<String> authority,
			Collection<GrantedAuthority> authorities) {
		if (find(jwt.getClaims(), claim) instanceof Collection<?> names) {
			for (Object name : names) {
				String text = authority.apply(String.valueOf(name));
				if (!OURS.contains(text)) {
					authorities.add(new SimpleGrantedAuthority(text));
				}
			}
		}
	}

	private static @Nullable Object find(Map<?, ?> claims, String path) {
		Object direct = claims.get(path);
		int dot = path.indexOf('.');
		if (direct != null || dot < 0) {
			return direct;
		}
		return (claims.get(path.substring(0, dot)) instanceof Map<?, ?> below) ? find(below, path.substring(dot + 1))
				: null;
	}

}
