package dev.pergola.bff.agui;

/** How far a run is. */
public enum Outcome {

	/** Still at it. */
	RUNNING,
	/** Done, or waiting for an answer that a next run brings. */
	FINISHED,
	/** Ended without a result. */
	FAILED,
	/** Stopped on purpose. */
	CANCELLED

}
