package dev.pergola.registry.request;

/**
 * A write does not say which state it is meant to change.
 */
public class PreconditionMissingException extends RuntimeException {

	public PreconditionMissingException() {
		super("this write needs the header If-Match with the ETag of the state it changes");
	}

}
