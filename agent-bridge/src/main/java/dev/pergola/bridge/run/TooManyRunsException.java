package dev.pergola.bridge.run;

/**
 * No place is left, in the queue or for this person.
 */
public class TooManyRunsException extends RuntimeException {

	TooManyRunsException(String message) {
		super(message);
	}

}
