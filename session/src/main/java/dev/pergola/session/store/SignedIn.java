package dev.pergola.session.store;

import java.io.Serial;
import java.io.Serializable;
import java.time.Instant;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.web.server.WebSession;

/**
 * What a session holds beside the security context. It never leaves the server.
 *
 * @param client access and refresh token
 * @param idToken latest id token as text, the hint for sign-out; {@code null} until the
 * sign-in is complete
 * @param issuer issuer of the id token
 * @param subject subject at the issuer
 * @param providerSession claim {@code sid}, {@code null} when the provider has none
 * @param at when the person signed in
 */
public record SignedIn(OAuth2AuthorizedClient client, @Nullable String idToken, String issuer, String subject,
		@Nullable String providerSession, Instant at) implements Serializable {

	@Serial
	private static final long serialVersionUID = 1L;

	private static final String ATTRIBUTE = SignedIn.class.getName();

	/**
	 * Looks into a session.
	 * @param session any session
	 * @return what it holds; empty when nobody is signed in
	 */
	public static Optional<SignedIn> find(WebSession session) {
		return Optional.ofNullable(session.getAttribute(ATTRIBUTE));
	}

	/**
	 * Keeps this in a session.
	 * @param session session to keep it in
	 */
	public void keepIn(WebSession session) {
		session.getAttributes().put(ATTRIBUTE, this);
	}

	/**
	 * The same sign-in after a refresh.
	 * @param refreshed new tokens
	 * @param newIdToken id token that came along, {@code null} when none did
	 * @return the sign-in with new tokens
	 */
	public SignedIn refreshed(OAuth2AuthorizedClient refreshed, @Nullable String newIdToken) {
		return new SignedIn(refreshed, (newIdToken != null) ? newIdToken : this.idToken, this.issuer, this.subject,
				this.providerSession, this.at);
	}

	@Override
	public String toString() {
		return "SignedIn[subject=%s, at=%s]".formatted(this.subject, this.at);
	}

}
