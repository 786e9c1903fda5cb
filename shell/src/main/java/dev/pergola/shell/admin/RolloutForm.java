package dev.pergola.shell.admin;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.pergola.shell.console.Console;
import tools.jackson.databind.JsonNode;

import org.springframework.util.MultiValueMap;

/**
 * What somebody filled in to roll out.
 *
 * @param version version for {@code share} percent of people
 * @param rest version for the others
 * @param startsAt local date and time as a browser sends it, empty for at once
 * @param endsAt the same, empty for never
 * @param zone time zone of both, such as {@code Europe/Berlin} or {@code +01:00}
 */
record RolloutForm(String version, String share, String rest, String startsAt, String endsAt, String zone) {

	/** An empty form. */
	static final RolloutForm EMPTY = new RolloutForm("", "5", "", "", "", ZoneId.systemDefault().getId());

	static RolloutForm of(MultiValueMap<String, String> fields) {
		return new RolloutForm(Console.field(fields, "version"), Console.field(fields, "share"),
				Console.field(fields, "rest"), Console.field(fields, "startsAt"), Console.field(fields, "endsAt"),
				Console.field(fields, "zone"));
	}

	/**
	 * Body for the registry, which says what it expects of shares and versions.
	 * @param overrides overrides of the channel now, which stay
	 * @return the body; {@link IllegalArgumentException} with a sentence for people when
	 * a time cannot be read
	 */
	Map<String, Object> body(List<JsonNode> overrides) {
		Map<String, Object> body = new LinkedHashMap<>();
		body.put("rollout", shares());
		body.put("overrides", overrides);
		if (!this.startsAt.isEmpty()) {
			body.put("startsAt", time("Start", this.startsAt));
		}
		if (!this.endsAt.isEmpty()) {
			body.put("endsAt", time("End", this.endsAt));
		}
		return body;
	}

	RolloutForm withRest(String rest) {
		return new RolloutForm(this.version, this.share, rest, this.startsAt, this.endsAt, this.zone);
	}

	/** Whether something is left to do after now. */
	boolean isPlanned() {
		return !this.startsAt.isEmpty() || !this.endsAt.isEmpty();
	}

	private List<Map<String, Object>> shares() {
		BigDecimal given = number(this.share);
		BigDecimal left = BigDecimal.valueOf(100).subtract(given);
		List<Map<String, Object>> shares = new ArrayList<>();
		boolean isOne = this.version.equals(this.rest);
		shares.add(Map.of("version", this.version, "share", isOne ? BigDecimal.valueOf(100) : given));
		if (left.signum() > 0 && !isOne) {
			shares.add(Map.of("version", this.rest, "share", left));
		}
		return shares;
	}

	private static BigDecimal number(String text) {
		try {
			return text.isEmpty() ? BigDecimal.valueOf(100) : new BigDecimal(text.replace(',', '.'));
		}
		catch (NumberFormatException ex) {
			// The registry says what it expects.
			return BigDecimal.valueOf(-1);
		}
	}

	private String time(String what, String local) {
		ZoneId zone;
		try {
			zone = ZoneId.of(this.zone);
		}
		catch (DateTimeException ex) {
			throw new IllegalArgumentException("There is no time zone “%s”. Nothing was changed.".formatted(this.zone),
					ex);
		}
		try {
			return LocalDateTime.parse(local)
				.atZone(zone)
				.toOffsetDateTime()
				.format(DateTimeFormatter.ISO_OFFSET_DATE_TIME);
		}
		catch (DateTimeException ex) {
			throw new IllegalArgumentException(
					"%s “%s” is no date and time, such as 2026-12-01T08:00. Nothing was changed.".formatted(what,
							local),
					ex);
		}
	}

}
