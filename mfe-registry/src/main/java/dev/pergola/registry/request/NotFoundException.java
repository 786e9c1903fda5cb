package dev.pergola.registry.request;

/**
 * What an address names does not exist.
 */
public class NotFoundException extends RuntimeException {

	private final String what;

	/**
	 * Creates the exception.
	 * @param what kind of thing, one lower-case word: it becomes the problem's type
	 * @param name name that was asked for
	 */
	public NotFoundException(String what, String name) {
		super("there is no %s %s".formatted(what, name));
		this.what = what;
	}

	public String what() {
		return this.what;
	}

}
