package dev.pergola.session;

import java.io.Serial;

import org.jspecify.annotations.Nullable;

/**
 * Where sessions are kept does not answer, so that nobody can tell who asks. Trying again
 * later may work; sessions are untouched.
 */
public class SessionsUnavailableException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	/**
	 * Says why.
	 * @param cause what the client saw, {@code null} when it did not even ask
	 */
	public SessionsUnavailableException(@Nullable Throwable cause) {
		super("Sessions cannot be read at the moment.", cause);
	}

}
