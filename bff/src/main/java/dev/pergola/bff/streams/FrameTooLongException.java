package dev.pergola.bff.streams;

/** An upstream sent an event longer than the setting allows. */
public final class FrameTooLongException extends RuntimeException {

	FrameTooLongException(String message) {
		super(message, null, false, false);
	}

}
