package dev.pergola.bff.streams;

/** How a stream ends when it has to before its content does. */
public enum Ending {

	/**
	 * Tells the client when to come back, and closes: for clients that resume by
	 * themselves.
	 */
	HAND_OVER,

	/** Cuts the connection: for clients that take a clean end for success. */
	ABORT

}
