package dev.pergola.bff.streams;

/** A stream that must not look finished is cut instead. */
final class StreamAbortedException extends RuntimeException {

	StreamAbortedException(String message) {
		super(message, null, false, false);
	}

}
