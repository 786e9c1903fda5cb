package dev.pergola.standalone.samples;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Programs of this computer that samples need.
 */
final class Installed {

	private Installed() {
	}

	/**
	 * Finds a program on the path.
	 * @return its absolute path; empty when there is none
	 */
	static Optional<Path> find(String program) {
		return find(program, System.getenv().getOrDefault("PATH", ""));
	}

	static Optional<Path> find(String program, String path) {
		return Stream.of(path.split(Pattern.quote(File.pathSeparator)))
			.filter((folder) -> !folder.isBlank())
			.map((folder) -> Path.of(folder, program).toAbsolutePath())
			.filter(Files::isExecutable)
			.findFirst();
	}

}
