package dev.pergola.bridge.runner;

import java.nio.file.Path;
import java.util.List;

/**
 * Which files and folders a sandbox can let be written, or hide.
 */
final class SandboxPaths {

	/** A sandbox has its own. */
	private static final List<Path> OWN = List.of(Path.of("/proc"), Path.of("/dev"));

	private SandboxPaths() {
	}

	/** The binder would look for them among the classes, and take `..` out. */
	static List<Path> of(List<String> names) {
		return names.stream().map(Path::of).toList();
	}

	static void check(List<Path> writable, List<Path> hidden) {
		writable.forEach((path) -> check("writable", path));
		hidden.forEach((path) -> check("hidden", path));
		for (Path outer : writable) {
			// a program could put a link, or another folder, where the inner path leads
			writable.stream()
				.filter((inner) -> !inner.equals(outer))
				.forEach((inner) -> refuseInside("writable", inner, outer));
			hidden.forEach((inner) -> refuseInside("hidden", inner, outer));
		}
	}

	private static void check(String name, Path path) {
		boolean usable = path.isAbsolute() && path.equals(path.normalize()) && path.getNameCount() > 0;
		if (!usable || OWN.stream().anyMatch(path::startsWith)) {
			throw new IllegalArgumentException(
					"%s: %s (expected: absolute path without .., not / and not in %s)".formatted(name, path, OWN));
		}
	}

	private static void refuseInside(String name, Path inner, Path outer) {
		if (inner.startsWith(outer)) {
			throw new IllegalArgumentException(
					"%s: %s (expected: not in %s, which may be written)".formatted(name, inner, outer));
		}
	}

}
