package dev.pergola.registry.team;

import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A CI identity that may publish for a team.
 *
 * @param name what it is for, in the words of who added it
 * @param issuer claim {@code iss}, on the operators' list
 * @param audience that must be among the token's, {@code null} for the issuer's usual one
 * @param subject pattern over the claim {@code sub}: {@code *} stands for any characters
 * @param claims values that other claims must have exactly, by the claim's name
 */
public record TeamPublisher(String id, String team, String name, String issuer, @Nullable String audience,
		String subject, Map<String, String> claims, Instant createdAt, String createdBy) {

	public TeamPublisher {
		claims = Map.copyOf(claims);
	}

	/**
	 * Whether the claims of a token are those of this publisher; issuer and audience are
	 * left to the caller.
	 * @param presented claims of a token whose signature was checked
	 */
	public boolean matches(Map<String, Object> presented) {
		return presented.get("sub") instanceof String presentedSubject
				&& new SubjectPattern(this.subject).matches(presentedSubject)
				&& this.claims.entrySet()
					.stream()
					.allMatch((claim) -> isExactly(presented.get(claim.getKey()), claim.getValue()));
	}

	/** A list or an object is nobody's exact value. */
	private static boolean isExactly(@Nullable Object presented, String wanted) {
		return (presented instanceof String || presented instanceof Boolean || presented instanceof Number)
				&& wanted.equals(presented.toString());
	}

}
