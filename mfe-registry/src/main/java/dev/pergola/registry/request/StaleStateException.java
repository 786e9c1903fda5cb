package dev.pergola.registry.request;

/**
 * A write was meant for a state that is no longer the current one.
 */
public class StaleStateException extends RuntimeException {

	private final long revision;

	private final transient Object current;

	/**
	 * Creates the exception.
	 * @param revision revision of the current state
	 * @param current the current state, written as JSON
	 */
	public StaleStateException(long revision, Object current) {
		super("the state was changed in between, by revision %d".formatted(revision));
		this.revision = revision;
		this.current = current;
	}

	public long revision() {
		return this.revision;
	}

	public Object current() {
		return this.current;
	}

}
