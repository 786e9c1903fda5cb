package dev.pergola.registry.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

import dev.pergola.manifests.Finding;
import dev.pergola.registry.request.Findings;
import dev.pergola.registry.request.InvalidRequestException;
import org.jspecify.annotations.Nullable;

/**
 * When a change is there. Times keep the offset they were written with, for people.
 *
 * @param startsAt {@code null} for at once
 * @param endsAt {@code null} for never
 */
record Window(@Nullable OffsetDateTime startsAt, @Nullable OffsetDateTime endsAt) {

	/**
	 * Reads and checks what somebody asked for; {@link InvalidRequestException} with
	 * everything wrong.
	 * @param horizon how far ahead a time may lie
	 */
	static Window of(@Nullable String startsAt, @Nullable String endsAt, Instant now, Duration horizon) {
		List<Finding> findings = new ArrayList<>();
		OffsetDateTime start = read(startsAt, "/startsAt", now, horizon, findings);
		OffsetDateTime end = read(endsAt, "/endsAt", now, horizon, findings);
		if (start != null && end != null && !end.isAfter(start)) {
			findings.add(Findings.at("/endsAt", "must be after startsAt"));
		}
		if (!findings.isEmpty()) {
			throw new InvalidRequestException("the change cannot be planned so", findings);
		}
		return new Window(start, end);
	}

	boolean isNow() {
		return this.startsAt == null && this.endsAt == null;
	}

	/**
	 * Whether a channel would be two things at once: another start while a change with an
	 * end is there, or the same start.
	 * @param from start of the other
	 * @param until end of the other, {@code null} for none
	 * @param now start of this when it has none
	 */
	boolean overlaps(Instant from, @Nullable Instant until, Instant now) {
		Instant start = (this.startsAt != null) ? this.startsAt.toInstant() : now;
		Instant end = (this.endsAt != null) ? this.endsAt.toInstant() : null;
		return start.equals(from) || isWithin(start, from, until) || isWithin(from, start, end);
	}

	private static boolean isWithin(Instant time, Instant from, @Nullable Instant until) {
		return until != null && !time.isBefore(from) && time.isBefore(until);
	}

	private static @Nullable OffsetDateTime read(@Nullable String text, String pointer, Instant now, Duration horizon,
			List<Finding> findings) {
		if (text == null) {
			return null;
		}
		try {
			OffsetDateTime time = OffsetDateTime.parse(text);
			if (!time.toInstant().isAfter(now)) {
				findings.add(Findings.at(pointer, "is in the past (now: %s)".formatted(now)));
			}
			else if (time.toInstant().isAfter(now.plus(horizon))) {
				findings.add(Findings.at(pointer, "is more than %d days ahead".formatted(horizon.toDays())));
			}
			return time;
		}
		catch (DateTimeParseException ex) {
			findings.add(Findings.at(pointer,
					"must be a time with offset as of RFC 3339, such as 2026-12-01T08:00:00+01:00"));
			return null;
		}
	}

}
