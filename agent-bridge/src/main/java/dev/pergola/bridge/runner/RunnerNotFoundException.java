package dev.pergola.bridge.runner;

/**
 * No operator configured a runner of that name.
 */
public class RunnerNotFoundException extends RuntimeException {

	RunnerNotFoundException(String runner) {
		super("no runner %s is configured".formatted(runner));
	}

}
