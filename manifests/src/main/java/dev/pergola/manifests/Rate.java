package dev.pergola.manifests;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A number of calls in a time; in JSON {@code 50/s}, {@code 600/m} or {@code 1000/h}.
 *
 * @param calls 1 to 1,000,000
 * @param per one second, minute or hour
 */
public record Rate(int calls, Duration per) {

	private static final Pattern SHAPE = Pattern.compile("([1-9][0-9]{0,6})/([smh])");

	public Rate {
		if (calls < 1 || calls > 1_000_000) {
			throw new IllegalArgumentException("calls: %d (expected: 1 to 1,000,000)".formatted(calls));
		}
	}

	/**
	 * Reads the form of the manifest.
	 * @param text such as {@code 50/s}
	 * @return the rate; {@link IllegalArgumentException} when it is not one
	 */
	@JsonCreator
	public static Rate parse(String text) {
		Matcher matcher = SHAPE.matcher(text);
		if (!matcher.matches()) {
			throw new IllegalArgumentException("rate: %s (expected: such as 50/s, 600/m or 1000/h)".formatted(text));
		}
		Duration per = switch (matcher.group(2)) {
			case "s" -> Duration.ofSeconds(1);
			case "m" -> Duration.ofMinutes(1);
			default -> Duration.ofHours(1);
		};
		return new Rate(Integer.parseInt(matcher.group(1)), per);
	}

	/** The same as {@link #parse}, under the name conversions of settings look for. */
	public static Rate valueOf(String text) {
		return parse(text);
	}

	@JsonValue
	@Override
	public String toString() {
		String unit = this.per.equals(Duration.ofSeconds(1)) ? "s" : this.per.equals(Duration.ofMinutes(1)) ? "m" : "h";
		return this.calls + "/" + unit;
	}

}
