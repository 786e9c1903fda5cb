package dev.pergola.manifests;

import java.util.regex.Pattern;

/** Shapes of names; all are linear to match. */
final class Names {

	private static final Pattern MODULE = Pattern.compile("[a-z][a-z0-9-]{0,47}");

	private Names() {
	}

	static void checkModule(String module) {
		if (module == null || !MODULE.matcher(module).matches()) {
			throw new IllegalArgumentException("module: %s (expected: %s)".formatted(module, MODULE));
		}
	}

}
