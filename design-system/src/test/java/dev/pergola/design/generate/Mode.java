package dev.pergola.design.generate;

import java.util.List;

/**
 * One way of looking at the portal: a theme with a density.
 *
 * @param theme {@code light}, {@code dark} or {@code contrast}
 * @param density {@code comfortable} or {@code compact}
 */
record Mode(String theme, String density) {

	static final List<String> THEMES = List.of("light", "dark", "contrast");

	static final List<String> DENSITIES = List.of("comfortable", "compact");

	/** What a page shows that asks for nothing. */
	static final Mode DEFAULT = new Mode("light", "comfortable");

	Mode {
		if (!THEMES.contains(theme)) {
			throw new IllegalArgumentException("theme: %s (expected: %s)".formatted(theme, THEMES));
		}
		if (!DENSITIES.contains(density)) {
			throw new IllegalArgumentException("density: %s (expected: %s)".formatted(density, DENSITIES));
		}
	}

}
