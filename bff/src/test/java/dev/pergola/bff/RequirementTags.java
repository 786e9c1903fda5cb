package dev.pergola.bff;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which requirements the tests in a folder name. */
final class RequirementTags {

	private RequirementTags() {
	}

	/**
	 * Names of requirements.
	 * @param tag what a test is marked with; its first group is the name
	 */
	static Set<String> in(Path sources, Pattern tag) {
		Set<String> named = new TreeSet<>();
		try (Stream<Path> files = Files.walk(sources)) {
			for (Path file : files.filter((each) -> each.toString().endsWith(".java")).toList()) {
				Matcher found = tag.matcher(Files.readString(file));
				while (found.find()) {
					named.add(found.group(1));
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return named;
	}

}
