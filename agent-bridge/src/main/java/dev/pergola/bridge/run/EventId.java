package dev.pergola.bridge.run;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Place of an event in the log of its run; as text it sorts like the events do.
 *
 * @param epoch Number of the log, which no other log has: milliseconds since 1970 at
 * which this bridge started, and one more for each run.
 * @param sequence Number of the event in its run, from 1; 0 is the place before the
 * first.
 */
public record EventId(long epoch, long sequence) {

	private static final Pattern SHAPE = Pattern.compile("(\\d{13})-(\\d{10})");

	/**
	 * Reads an id a client sent back.
	 * @return empty where it is none of ours
	 */
	public static Optional<EventId> parse(String text) {
		Matcher matcher = SHAPE.matcher(text);
		return matcher.matches()
				? Optional.of(new EventId(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2))))
				: Optional.empty();
	}

	@Override
	public String toString() {
		return "%013d-%010d".formatted(this.epoch, this.sequence);
	}

}
