package dev.pergola.session.store;

import org.jspecify.annotations.Nullable;

/**
 * The provider's word that somebody signed out: of one of its sessions, or of all of
 * them.
 *
 * @param issuer issuer of the id tokens
 * @param subject subject; {@code null} only when {@code providerSession} is there
 * @param providerSession claim {@code sid}, {@code null} for all sessions of the subject
 */
public record ProviderLogout(String issuer, @Nullable String subject, @Nullable String providerSession) {

	public ProviderLogout {
		if (subject == null && providerSession == null) {
			throw new IllegalArgumentException("logout: neither sub nor sid (expected: at least one)");
		}
	}

	/**
	 * Whether a sign-in is meant.
	 * @param signedIn what a session holds
	 * @return whether issuer and each name given agree
	 */
	public boolean means(SignedIn signedIn) {
		return this.issuer.equals(signedIn.issuer())
				&& (this.subject == null || this.subject.equals(signedIn.subject()))
				&& (this.providerSession == null || this.providerSession.equals(signedIn.providerSession()));
	}

}
