package dev.pergola.session.bearer;

import java.io.Serial;

import dev.pergola.session.SessionPrincipal;
import org.jspecify.annotations.Nullable;

import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

/**
 * A call with a JWT of the issuer.
 */
public class BearerAuthentication extends JwtAuthenticationToken implements SessionPrincipal.Holder {

	@Serial
	private static final long serialVersionUID = 1L;

	private final SessionPrincipal principal;

	BearerAuthentication(Jwt jwt, SessionPrincipal principal) {
		super(jwt, principal.authorities(), principal.subject());
		this.principal = principal;
	}

	@Override
	public SessionPrincipal sessionPrincipal() {
		return this.principal;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof BearerAuthentication bearer && super.equals(bearer)
				&& this.principal.equals(bearer.principal);
	}

	@Override
	public int hashCode() {
		return super.hashCode();
	}

}
