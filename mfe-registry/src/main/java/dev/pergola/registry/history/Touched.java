package dev.pergola.registry.history;

import java.util.Set;

/**
 * What some writes touched.
 *
 * @param modules names of modules
 * @param navigation whether the overlay is among it
 * @param more whether a write touched neither, so that anything else may have changed
 */
public record Touched(Set<String> modules, boolean navigation, boolean more) {

	public Touched {
		modules = Set.copyOf(modules);
	}

}
