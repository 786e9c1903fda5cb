package dev.pergola.bridge.run;

import java.util.HashMap;
import java.util.Map;

/**
 * Lets only so much of what programs print on standard error into the log.
 */
final class LogGate {

	private static final int LONGEST = 2000;

	private static final long WINDOW_NANOS = 60_000_000_000L;

	private static final int PER_WINDOW = 10;

	private final Map<String, Integer> passed = new HashMap<>();

	private long windowStart = System.nanoTime();

	/**
	 * The end of a text as one line; how much was left out, where the runner had its
	 * share.
	 */
	synchronized String pass(String runner, String text) {
		long now = System.nanoTime();
		if (now - this.windowStart > WINDOW_NANOS) {
			this.windowStart = now;
			this.passed.clear();
		}
		if (this.passed.merge(runner, 1, Integer::sum) > PER_WINDOW) {
			return "(%d characters not logged)".formatted(text.length());
		}
		String end = text.substring(Math.max(0, text.length() - LONGEST)).strip();
		return end.replaceAll("\\p{Cntrl}+", " | ");
	}

}
