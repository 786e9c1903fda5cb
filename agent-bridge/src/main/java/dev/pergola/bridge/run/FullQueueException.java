package dev.pergola.bridge.run;

/**
 * As many runs wait as may.
 */
final class FullQueueException extends Exception {

	private final int waiting;

	FullQueueException(int waiting) {
		super("%d runs wait".formatted(waiting));
		this.waiting = waiting;
	}

	int waiting() {
		return this.waiting;
	}

}
