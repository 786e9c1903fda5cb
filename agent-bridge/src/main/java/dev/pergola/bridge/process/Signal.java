package dev.pergola.bridge.process;

/**
 * What a program is told from outside.
 */
public enum Signal {

	/** As from a keyboard: goes to the program alone, which may end its work in order. */
	INT,

	/** Goes to the program and all it started. */
	TERM

}
