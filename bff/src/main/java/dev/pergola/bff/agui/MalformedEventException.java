package dev.pergola.bff.agui;

/** An event says something AG-UI knows in a way AG-UI does not. */
final class MalformedEventException extends RuntimeException {

	/** The message names type and field, never what stands in it. */
	MalformedEventException(String message) {
		super(message, null, false, false);
	}

}
