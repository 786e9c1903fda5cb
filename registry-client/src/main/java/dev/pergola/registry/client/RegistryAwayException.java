package dev.pergola.registry.client;

import org.jspecify.annotations.Nullable;

/** The registry is not heard; the message is one line for people. */
final class RegistryAwayException extends RuntimeException {

	RegistryAwayException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
