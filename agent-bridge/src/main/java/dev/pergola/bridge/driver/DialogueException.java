package dev.pergola.bridge.driver;

/**
 * A program said something that ends the run. Code and message reach viewers, so neither
 * repeats what the program said.
 */
public final class DialogueException extends Exception {

	private final String code;

	/**
	 * @param code in capitals, for programs, such as {@code AGENT_PROTOCOL}
	 * @param message for people
	 */
	public DialogueException(String code, String message) {
		super(message);
		this.code = code;
	}

	public String code() {
		return this.code;
	}

	/** What people read. */
	public String text() {
		return String.valueOf(getMessage());
	}

}
