package dev.pergola.bridge.run;

/**
 * A run of that id was started with another input.
 */
public class RunConflictException extends RuntimeException {

	RunConflictException(String runId) {
		super("run %s was started with another input".formatted(runId));
	}

}
