package dev.pergola.bff.runlog;

import org.jspecify.annotations.Nullable;

/** What other nodes know of runs cannot be asked for now. */
public final class HomeAwayException extends RuntimeException {

	HomeAwayException(String message, @Nullable Throwable cause) {
		super(message, cause, false, false);
	}

}
