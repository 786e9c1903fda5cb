package dev.pergola.registry.egress;

import java.io.IOException;

/**
 * Something is not fetched, or cannot be; the message goes on after its name.
 */
public class FetchRefusedException extends IOException {

	public FetchRefusedException(String message) {
		super(message);
	}

}
