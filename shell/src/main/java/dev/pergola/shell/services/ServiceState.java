package dev.pergola.shell.services;

import java.util.Locale;

import dev.pergola.shell.agents.Written;
import tools.jackson.databind.JsonNode;

/** How a service is doing, what needs somebody first. */
enum ServiceState {

	/** It is not called. */
	OPEN("danger"),
	/** A few calls decide whether it is called again. */
	TRIAL("warning"),
	/** Calls found no place. */
	REFUSING("warning"),
	/** Calls failed. */
	FAILING("warning"),
	/** None of that. */
	WELL("");

	private final String look;

	ServiceState(String look) {
		this.look = look;
	}

	static ServiceState of(JsonNode service) {
		return switch (Written.text(service, "circuit")) {
			case "open" -> OPEN;
			case "half-open" -> TRIAL;
			default -> ofLastMinute(service.path("lastMinute"));
		};
	}

	private static ServiceState ofLastMinute(JsonNode counts) {
		if (!counts.path("refused").isEmpty()) {
			return REFUSING;
		}
		return counts.path("failures").isEmpty() ? WELL : FAILING;
	}

	/** Name as it stands in addresses and names of texts. */
	String label() {
		return name().toLowerCase(Locale.ROOT);
	}

	/** Whether somebody has to look, though it is called. */
	boolean isTrouble() {
		return this == TRIAL || this == REFUSING || this == FAILING;
	}

	/** Look of the badge, empty for none. */
	String look() {
		return this.look;
	}

}
