package dev.pergola.registry.publish;

import java.time.Duration;

/**
 * An upload did not end in time.
 */
public class UploadTooSlowException extends RuntimeException {

	public UploadTooSlowException(Duration timeout) {
		super("upload took longer than %d seconds".formatted(timeout.toSeconds()));
	}

}
