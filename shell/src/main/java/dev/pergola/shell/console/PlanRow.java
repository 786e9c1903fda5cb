package dev.pergola.shell.console;

import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.stream.Collectors;

import tools.jackson.databind.JsonNode;

/**
 * A planned change as consoles show it.
 *
 * @param state {@code planned}, {@code running}, {@code done}, {@code failed} or
 * {@code cancelled}
 * @param change who gets which version, such as {@code 1.1.0 5 %, 1.0.0 95 %}
 * @param starts {@code 2026-12-01 08:00 +01:00}, empty when it started as it was planned
 * @param ends the same, empty when it stays
 * @param reason why, in the words of who planned it, may be empty
 * @param problem what went wrong, may be empty
 */
public record PlanRow(String id, String channel, String state, String change, String starts, String ends, String by,
		String reason, String problem) {

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm xxx");

	/**
	 * Plans of an answer of {@code GET …/plans}; none when the registry did not answer.
	 */
	public static List<PlanRow> list(ServiceAnswer answer) {
		return answer.isDone() ? answer.body().valueStream().map(PlanRow::of).toList() : List.of();
	}

	/** Whether it can be cancelled. */
	public boolean isOpen() {
		return this.state.equals("planned") || this.state.equals("running");
	}

	private static PlanRow of(JsonNode plan) {
		String change = plan.path("rollout")
			.valueStream()
			.map((share) -> "%s %s %%".formatted(share.path("version").asString(""), share.path("share").asString("")))
			.collect(Collectors.joining(", "));
		return new PlanRow(text(plan, "id"), text(plan, "channel"), text(plan, "state"), change, time(plan, "startsAt"),
				time(plan, "endsAt"), AuditLine.actor(text(plan, "plannedBy")), text(plan, "reason"),
				text(plan, "problem"));
	}

	private static String time(JsonNode plan, String name) {
		String text = text(plan, name);
		try {
			return text.isEmpty() ? "" : TIME.format(OffsetDateTime.parse(text));
		}
		catch (DateTimeParseException ex) {
			return text;
		}
	}

	private static String text(JsonNode plan, String name) {
		JsonNode value = plan.path(name);
		return value.isNull() ? "" : value.asString("");
	}

}
