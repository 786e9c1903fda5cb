package dev.pergola.bridge.driver;

import java.io.IOException;

/**
 * A program takes no input: it closed it, or is gone. What it said before may still be
 * read.
 */
public class InputClosedException extends IOException {

	public InputClosedException(Throwable cause) {
		super("standard input is closed", cause);
	}

}
