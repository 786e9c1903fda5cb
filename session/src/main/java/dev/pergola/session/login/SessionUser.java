package dev.pergola.session.login;

import java.io.Serial;

import dev.pergola.session.SessionPrincipal;
import org.jspecify.annotations.Nullable;

import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;

/**
 * The person of a session, as the id token tells.
 */
public class SessionUser extends DefaultOidcUser implements SessionPrincipal.Holder {

	@Serial
	private static final long serialVersionUID = 1L;

	private final SessionPrincipal principal;

	SessionUser(SessionPrincipal principal, OidcIdToken idToken) {
		super(principal.authorities(), idToken);
		this.principal = principal;
	}

	@Override
	public SessionPrincipal sessionPrincipal() {
		return this.principal;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof SessionUser user && super.equals(user) && this.principal.equals(user.principal);
	}

	@Override
	public int hashCode() {
		return super.hashCode();
	}

}
