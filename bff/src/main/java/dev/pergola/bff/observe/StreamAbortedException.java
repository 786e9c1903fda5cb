package dev.pergola.bff.observe;

/** A stream that must not look finished is cut instead. */
public final class StreamAbortedException extends RuntimeException {

	public StreamAbortedException(String message) {
		super(message, null, false, false);
	}

}
