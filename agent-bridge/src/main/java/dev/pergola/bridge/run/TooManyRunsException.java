package dev.pergola.bridge.run;

import java.time.Duration;

/**
 * No place is left for a run.
 */
public class TooManyRunsException extends RuntimeException {

	private final Duration retryAfter;

	TooManyRunsException(String message, Duration retryAfter) {
		super(message);
		this.retryAfter = retryAfter;
	}

	/** When a place may be free; a guess. */
	public Duration retryAfter() {
		return this.retryAfter;
	}

}
