package dev.pergola.bridge.run;

/**
 * Where a run is in its life; the last three are final.
 */
public enum RunState {

	QUEUED, RUNNING, STOPPING, SUCCEEDED, FAILED, CANCELLED;

	boolean isFinal() {
		return this == SUCCEEDED || this == FAILED || this == CANCELLED;
	}

}
