package dev.pergola.session;

import java.io.Serial;

/**
 * The identity provider did not answer, or answered with an error of its own. Trying
 * again later may work; the session is untouched.
 */
public class ProviderUnavailableException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	/**
	 * Says what was asked for.
	 * @param message one sentence without addresses or tokens
	 * @param cause what the client saw
	 */
	public ProviderUnavailableException(String message, Throwable cause) {
		super(message, cause);
	}

}
