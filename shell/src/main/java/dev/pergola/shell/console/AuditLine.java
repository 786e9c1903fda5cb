package dev.pergola.shell.console;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;

import tools.jackson.databind.JsonNode;

/**
 * A line of the audit as people read it.
 *
 * @param time {@code 2026-11-22 18:00:00}, UTC
 * @param what a few words, or the name of the action where there are none
 * @param before state before as JSON, may be empty
 * @param after state after as JSON, may be empty
 */
public record AuditLine(String time, String actor, String kind, String what, String subject, String module,
		String reason, String before, String after) {

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss")
		.withZone(ZoneOffset.UTC);

	private static final Map<String, String> WORDS = Map.ofEntries(Map.entry("version.publish", "published"),
			Map.entry("channel.change", "changed the rollout of"), Map.entry("module.disable", "switched off"),
			Map.entry("module.enable", "switched on"), Map.entry("guard.change", "set the guard of"),
			Map.entry("navigation.change", "changed the navigation"),
			Map.entry("navigation.publish", "published the draft of"), Map.entry("navigation-draft.save", "changed"),
			Map.entry("navigation-draft.discard", "dropped"),
			Map.entry("navigation-draft.restore", "restored a version into"),
			Map.entry("navigation.preview", "looked as somebody else at"),
			Map.entry("token.issue", "issued a token for"), Map.entry("token.revoke", "revoked a token of"),
			Map.entry("token.refuse", "was refused with a token"), Map.entry("plan.create", "planned a rollout of"),
			Map.entry("plan.start", "started the planned rollout of"), Map.entry("plan.end", "ended the rollout of"),
			Map.entry("plan.leave", "left as it is, at the end of a rollout,"),
			Map.entry("plan.fail", "could not do the planned rollout of"),
			Map.entry("plan.cancel", "cancelled the planned rollout of"), Map.entry("version.disable", "switched off"),
			Map.entry("version.enable", "switched on"), Map.entry("module.hand-over", "handed over"),
			Map.entry("team.change", "changed team"), Map.entry("names.change", "changed the reserved names of"),
			Map.entry("member.add", "added the member"), Map.entry("member.remove", "removed the member"),
			Map.entry("publisher.add", "added the CI identity"),
			Map.entry("publisher.remove", "removed the CI identity"),
			Map.entry("publisher.refuse", "was refused as a CI identity"), Map.entry("revision.restore", "restored"),
			Map.entry("navigation.why", "asked why somebody sees"));

	/**
	 * Lines of an answer of {@code GET /registry/v1/audit}.
	 * @param answer the answer
	 * @return newest first; none when the registry did not answer
	 */
	public static List<AuditLine> list(ServiceAnswer answer) {
		return answer.body().path("entries").valueStream().map(AuditLine::of).toList();
	}

	private static AuditLine of(JsonNode entry) {
		String action = text(entry, "action");
		return new AuditLine(time(text(entry, "at")), actor(text(entry, "actor")), text(entry, "actorKind"),
				words(action), text(entry, "subject"), text(entry, "module"), text(entry, "reason"),
				state(entry, "before"), state(entry, "after"));
	}

	/** An action in a few words, or its name where there are none. */
	public static String words(String action) {
		return WORDS.getOrDefault(action, action);
	}

	/** Somebody, with eight characters of a token's id: enough to find it. */
	public static String actor(String actor) {
		return actor.replaceAll("(?<=token [0-9a-f]{8})-[0-9a-f-]{27}$", "");
	}

	/**
	 * A time as people read it.
	 * @param instant ISO 8601, may be empty
	 * @return date and time in UTC, to the second
	 */
	public static String time(String instant) {
		return instant.isEmpty() ? "" : TIME.format(Instant.parse(instant));
	}

	private static String text(JsonNode entry, String name) {
		JsonNode value = entry.path(name);
		return value.isNull() || value.isMissingNode() ? "" : value.asString("");
	}

	private static String state(JsonNode entry, String name) {
		JsonNode value = entry.path(name);
		return value.isNull() || value.isMissingNode() ? "" : value.toPrettyString();
	}

}
