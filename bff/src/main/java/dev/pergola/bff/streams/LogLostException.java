package dev.pergola.bff.streams;

/** A log goes on somewhere else; its reader may come back with its place. */
public final class LogLostException extends RuntimeException {

	LogLostException(String message) {
		super(message, null, false, false);
	}

}
