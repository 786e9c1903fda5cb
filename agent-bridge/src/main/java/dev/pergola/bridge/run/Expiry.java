package dev.pergola.bridge.run;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import tools.jackson.databind.node.ObjectNode;

/**
 * Until when a person can answer.
 */
final class Expiry {

	private Expiry() {
	}

	/** Adds when the program will be ended, unless the interrupt says so itself. */
	static void set(ObjectNode interrupt, Duration time) {
		if (!interrupt.has("expiresAt")) {
			interrupt.put("expiresAt", Instant.now().plus(time).truncatedTo(ChronoUnit.SECONDS).toString());
		}
	}

}
