package dev.pergola.shell.team;

import java.time.Instant;
import java.util.List;

import dev.pergola.shell.console.AuditLine;
import dev.pergola.shell.console.ServiceAnswer;
import tools.jackson.databind.JsonNode;

/**
 * A token of a team, without its secret.
 *
 * @param expires date and time in UTC
 * @param state {@code valid}, {@code revoked} or {@code over}
 */
public record TeamToken(String id, String name, String by, String expires, String state) {

	/** Tokens of an answer of {@code GET /registry/v1/teams/{team}/tokens}. */
	public static List<TeamToken> list(ServiceAnswer answer) {
		Instant now = Instant.now();
		return answer.isDone() ? answer.body().valueStream().map((token) -> of(token, now)).toList() : List.of();
	}

	private static TeamToken of(JsonNode token, Instant now) {
		String expires = token.path("expiresAt").asString("");
		boolean revoked = !token.path("revokedAt").isNull() && !token.path("revokedAt").isMissingNode();
		boolean over = !expires.isEmpty() && Instant.parse(expires).isBefore(now);
		return new TeamToken(token.path("id").asString(""), token.path("name").asString(""),
				token.path("createdBy").asString(""), AuditLine.time(expires),
				revoked ? "revoked" : over ? "over" : "valid");
	}

}
