package dev.pergola.bff.streams;

/**
 * A viewer fell behind further than the log lets it; it may come back with its cursor.
 */
public final class SlowViewerException extends RuntimeException {

	SlowViewerException(String message) {
		super(message, null, false, false);
	}

}
