package dev.pergola.registry.request;

/**
 * A body is not the JSON that was expected.
 */
public class MalformedBodyException extends RuntimeException {

	public MalformedBodyException(String message, Throwable cause) {
		super(message, cause);
	}

}
