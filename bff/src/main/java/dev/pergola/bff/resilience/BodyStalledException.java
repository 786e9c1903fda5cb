package dev.pergola.bff.resilience;

import java.util.concurrent.TimeoutException;

/** An upstream fell silent in the middle of its answer. */
public final class BodyStalledException extends TimeoutException {

	public BodyStalledException() {
		super("answer: nothing more came");
	}

	/** Where it happened says nothing. */
	@Override
	@SuppressWarnings("UnsynchronizedOverridesSynchronized")
	public Throwable fillInStackTrace() {
		return this;
	}

}
