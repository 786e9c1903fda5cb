package dev.pergola.registry.guard;

/**
 * There is nothing a guard took away, or somebody changed the channel since.
 */
public class NotStoppedException extends RuntimeException {

	public NotStoppedException(String message) {
		super(message);
	}

}
