package dev.pergola.bridge.process;

import java.io.IOException;

/**
 * A program printed more in one run than its runner allows.
 */
public class OutputTooLargeException extends IOException {

	OutputTooLargeException(long limitBytes) {
		super("more than %d bytes of output".formatted(limitBytes));
	}

}
