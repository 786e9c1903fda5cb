package dev.pergola.manifests;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.ser.std.StdSerializer;

/** A time as manifests write it: {@code 800ms}, {@code 2s} or {@code 1m}. */
final class DurationText {

	private static final Pattern SHAPE = Pattern.compile("([1-9][0-9]{0,5})(ms|s|m)");

	private DurationText() {
	}

	static Duration parse(String text) {
		Matcher matcher = SHAPE.matcher(text);
		if (!matcher.matches()) {
			throw new IllegalArgumentException("time: %s (expected: such as 800ms, 2s or 1m)".formatted(text));
		}
		long amount = Long.parseLong(matcher.group(1));
		return switch (matcher.group(2)) {
			case "ms" -> Duration.ofMillis(amount);
			case "s" -> Duration.ofSeconds(amount);
			default -> Duration.ofMinutes(amount);
		};
	}

	static String format(Duration duration) {
		long millis = duration.toMillis();
		return (millis % 1000 == 0) ? millis / 1000 + "s" : millis + "ms";
	}

	static final class Reader extends StdDeserializer<Duration> {

		Reader() {
			super(Duration.class);
		}

		@Override
		public Duration deserialize(JsonParser parser, DeserializationContext context) {
			return parse(parser.getString());
		}

	}

	static final class Writer extends StdSerializer<Duration> {

		Writer() {
			super(Duration.class);
		}

		@Override
		public void serialize(Duration duration, JsonGenerator generator, SerializationContext context) {
			generator.writeString(format(duration));
		}

	}

}
