package dev.pergola.bridge.run;

/**
 * Where a run is in its life; the last three are final. A parked run has told its
 * terminal event, but its program waits for answers.
 */
public enum RunState {

	QUEUED, STARTING, RUNNING, PARKED, STOPPING, SUCCEEDED, FAILED, CANCELLED;

	boolean isFinal() {
		return this == SUCCEEDED || this == FAILED || this == CANCELLED;
	}

	/** Whether its stream still goes on. */
	boolean isActive() {
		return !isFinal() && this != PARKED;
	}

}
