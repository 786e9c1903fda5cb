package dev.pergola.standalone;

import org.jspecify.annotations.Nullable;

/**
 * The platform cannot start; the message is one sentence for the person at the keyboard.
 */
class StartRefusedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	StartRefusedException(String message) {
		this(message, null);
	}

	StartRefusedException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
