package dev.pergola.bff.agents.operations;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How far a run is; the name in lower case is what is told. */
enum RunState {

	/** Waits for its turn. */
	QUEUED,
	/** At it. */
	RUNNING,
	/** Over, with a question that a next run answers. */
	WAITING,
	/** Over, with a question that nobody answered in time. */
	EXPIRED,
	/** Over, as it should be. */
	FINISHED,
	/** Over, without a result. */
	FAILED,
	/** Stopped on purpose. */
	CANCELLED;

	String text() {
		return name().toLowerCase(Locale.ROOT);
	}

	boolean isOver() {
		return this != QUEUED && this != RUNNING;
	}

	static Optional<RunState> find(String text) {
		return Arrays.stream(values()).filter((state) -> state.text().equals(text)).findFirst();
	}

}
