package dev.pergola.session.store;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import org.springframework.security.oauth2.core.OAuth2AccessToken;

/**
 * When an access token has had its time.
 *
 * @param early time before expiry at which it counts as expired
 * @param clock clock
 */
public record TokenLife(Duration early, Clock clock) {

	/** Part of its life, in hundredths, after which a token is renewed ahead of need. */
	private static final int DUE = 80;

	/**
	 * Whether calls may go out with the token.
	 * @param accessToken access token of a session
	 */
	public boolean isFresh(OAuth2AccessToken accessToken) {
		return isFresh(accessToken, Instant.now(this.clock));
	}

	/**
	 * Whether calls may go out with the token.
	 * @param accessToken access token of a session
	 * @param now what the clock says
	 */
	public boolean isFresh(OAuth2AccessToken accessToken, Instant now) {
		Instant expiresAt = accessToken.getExpiresAt();
		return expiresAt == null || now.isBefore(expiresAt.minus(this.early));
	}

	/**
	 * Whether it is time to renew the token, fresh or not.
	 * @param accessToken access token of a session
	 */
	public boolean isDue(OAuth2AccessToken accessToken) {
		return isDue(accessToken, Instant.now(this.clock));
	}

	/**
	 * Whether it is time to renew the token, fresh or not.
	 * @param accessToken access token of a session
	 * @param now what the clock says
	 */
	public boolean isDue(OAuth2AccessToken accessToken, Instant now) {
		return !now.isBefore(dueAt(accessToken));
	}

	/**
	 * When it is time to renew a token.
	 * @param accessToken access token of a session
	 * @return {@link Instant#MAX} for one that does not expire
	 */
	public Instant dueAt(OAuth2AccessToken accessToken) {
		Instant expiresAt = accessToken.getExpiresAt();
		if (expiresAt == null) {
			return Instant.MAX;
		}
		Instant last = expiresAt.minus(this.early);
		Instant issuedAt = accessToken.getIssuedAt();
		if (issuedAt == null || !issuedAt.isBefore(last)) {
			return last;
		}
		Instant due = after(issuedAt, expiresAt);
		// A short life that ends early has to be renewed before that end.
		return due.isBefore(last) ? due : after(issuedAt, last);
	}

	// Each call asks: with the arithmetic of Duration this would take big decimals.
	private static Instant after(Instant from, Instant to) {
		return from.plusMillis(Duration.between(from, to).toMillis() / 100 * DUE);
	}

}
