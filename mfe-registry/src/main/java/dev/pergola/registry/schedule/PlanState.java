package dev.pergola.registry.schedule;

import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * How far a plan is. The last three are over.
 */
enum PlanState {

	/** Waits for its start. */
	PLANNED,

	/** Has started and waits for its end. */
	RUNNING,

	DONE,

	/** Could not be started or ended; its problem says why. */
	FAILED,

	CANCELLED;

	@JsonValue
	String text() {
		return name().toLowerCase(Locale.ROOT);
	}

	static PlanState of(String text) {
		return valueOf(text.toUpperCase(Locale.ROOT));
	}

	boolean isOver() {
		return this != PLANNED && this != RUNNING;
	}

}
