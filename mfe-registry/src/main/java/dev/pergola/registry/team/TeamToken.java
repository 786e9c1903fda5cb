package dev.pergola.registry.team;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A token of a team, without its secret.
 *
 * @param name what it is for, in the words of who issued it
 * @param revokedAt {@code null} while it is not revoked
 */
public record TeamToken(String id, String team, String name, Instant createdAt, String createdBy, Instant expiresAt,
		@Nullable Instant revokedAt) {

	/**
	 * Whether it lets somebody in.
	 * @param now current time
	 * @return false when it is revoked or over
	 */
	public boolean isValid(Instant now) {
		return this.revokedAt == null && now.isBefore(this.expiresAt);
	}

}
