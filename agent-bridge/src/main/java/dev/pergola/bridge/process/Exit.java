package dev.pergola.bridge.process;

import org.jspecify.annotations.Nullable;

/**
 * How a program ended.
 *
 * @param code As a shell tells it: 128 + n where signal n ended it.
 */
public record Exit(int code) {

	private static final int COULD_NOT_RUN = 126;

	private static final int SIGNALS = 128;

	/** Whether the program could not be found or run, as shells say it. */
	public boolean isNoStart() {
		return this.code == COULD_NOT_RUN || this.code == COULD_NOT_RUN + 1;
	}

	/** Number of the signal that ended it, {@code null} where it ended itself. */
	public @Nullable Integer signal() {
		return (this.code > SIGNALS && this.code <= SIGNALS + 64) ? this.code - SIGNALS : null;
	}

}
