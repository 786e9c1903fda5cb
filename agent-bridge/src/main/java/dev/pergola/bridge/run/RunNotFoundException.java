package dev.pergola.bridge.run;

/**
 * No run of that id is known here: it never was, or its time to be read is over.
 */
public class RunNotFoundException extends RuntimeException {

	RunNotFoundException(String runId) {
		super("no run %s".formatted(runId));
	}

}
