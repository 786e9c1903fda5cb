package dev.pergola.bff.streams;

import org.jspecify.annotations.Nullable;

/**
 * Who a stream is for, and how it ends when it has to before its content does.
 *
 * @param person whose stream counts against whose limit
 * @param team team whose agent it shows, {@code null} for none
 */
public record Watcher(String person, @Nullable String team, Ending ending) {

	/** Somebody who watches no agent. */
	public Watcher(String person, Ending ending) {
		this(person, null, ending);
	}

}
