package dev.pergola.session;

/**
 * A session that is signed in, not over, and needs nothing renewed.
 *
 * @param principal who signed in
 * @param issuer issuer of the id token
 * @param accessToken access token calls go out with
 */
public record KnownSession(SessionPrincipal principal, String issuer, String accessToken) {

	/** Without the access token. */
	@Override
	public String toString() {
		return "KnownSession[subject=%s]".formatted(this.principal.subject());
	}

}
