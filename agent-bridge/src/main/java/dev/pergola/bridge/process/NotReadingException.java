package dev.pergola.bridge.process;

import java.io.IOException;
import java.time.Duration;

/**
 * A program did not read what was written to it in time.
 */
public class NotReadingException extends IOException {

	NotReadingException(Duration waited) {
		super("not read within " + waited);
	}

}
