package dev.pergola.shell.agents;

import java.text.NumberFormat;
import java.time.Duration;

import dev.pergola.shell.layout.Texts;
import tools.jackson.databind.JsonNode;

/** Values of an answer as people read them; what is not told is a dash. */
public final class Written {

	/** What stands for what is not told. */
	public static final String NOTHING = "–";

	private Written() {
	}

	/** A text, empty when it is not told. */
	public static String text(JsonNode node, String name) {
		JsonNode value = node.path(name);
		return value.isNull() ? "" : value.asString("");
	}

	/** A number with the marks of the language. */
	public static String count(JsonNode node, String name, Texts texts) {
		return node.path(name).isNumber() ? count(node.path(name).asLong(), texts) : NOTHING;
	}

	/** A number with the marks of the language. */
	public static String count(long count, Texts texts) {
		return NumberFormat.getIntegerInstance(texts.locale()).format(count);
	}

	static String share(JsonNode node, String name, Texts texts) {
		JsonNode value = node.path(name);
		return value.isNumber() ? NumberFormat.getPercentInstance(texts.locale()).format(value.asDouble()) : NOTHING;
	}

	static String time(JsonNode node, String name, Texts texts) {
		JsonNode value = node.path(name);
		return value.isNumber() ? time(Duration.ofMillis(value.asLong()), texts) : NOTHING;
	}

	/** {@code 420 ms}, {@code 4.2 s}, {@code 3 min 5 s} or {@code 2 h 10 min}. */
	static String time(Duration time, Texts texts) {
		if (time.toMillis() < 1000) {
			return time.toMillis() + " ms";
		}
		if (time.toSeconds() < 60) {
			NumberFormat tenths = NumberFormat.getNumberInstance(texts.locale());
			tenths.setMaximumFractionDigits(1);
			return tenths.format(time.toMillis() / 1000.0) + " s";
		}
		return (time.toHours() == 0) ? "%d min %d s".formatted(time.toMinutes(), time.toSecondsPart())
				: "%d h %d min".formatted(time.toHours(), time.toMinutesPart());
	}

}
