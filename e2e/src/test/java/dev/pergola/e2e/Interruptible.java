package dev.pergola.e2e;

import java.io.IOException;
import java.util.List;

/**
 * Makes a program heed SIGINT. A shell that starts a build in the background has it
 * ignore the signal, and every process below inherits that; a JVM that ignores it at its
 * start goes on doing so.
 */
final class Interruptible {

	private static final List<String> RESET = List.of("/usr/bin/env", "--default-signal=INT");

	private static final boolean HAS_RESET = works();

	private Interruptible() {
	}

	/**
	 * What to put before a command; nothing where `env` does not know how.
	 */
	static List<String> prefix() {
		return HAS_RESET ? RESET : List.of();
	}

	private static boolean works() {
		try {
			Process process = new ProcessBuilder("/usr/bin/env", "--default-signal=INT", "true").start();
			return process.waitFor() == 0;
		}
		catch (IOException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

}
