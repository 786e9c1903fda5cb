package dev.pergola.bridge.runner;

import java.time.Duration;
import java.util.Map;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long a program may take for what it has to do.
 *
 * @param start From its start until it is ready for a run.
 * @param write Until it has read a line that is written to it.
 * @param endOfTurn From saying that its turn ends until the result.
 * @param exit From the result, or the end of its input, until it is gone.
 */
public record Waits(@DefaultValue("10s") Duration start, @DefaultValue("5s") Duration write,
		@DefaultValue("30s") Duration endOfTurn, @DefaultValue("5s") Duration exit) {

	public Waits {
		Map.of("start", start, "write", write, "end-of-turn", endOfTurn, "exit", exit).forEach(Waits::positive);
	}

	static void positive(String name, Duration time) {
		if (time.isNegative() || time.isZero()) {
			throw new IllegalArgumentException("%s: %s (expected: more than 0)".formatted(name, time));
		}
	}

}
