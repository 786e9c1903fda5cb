package dev.pergola.session;

import java.io.Serial;

/**
 * Nobody is signed in, or the session is over.
 */
public class SignInRequiredException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	/**
	 * Says why.
	 * @param message one sentence, shown to the person
	 */
	public SignInRequiredException(String message) {
		super(message);
	}

}
