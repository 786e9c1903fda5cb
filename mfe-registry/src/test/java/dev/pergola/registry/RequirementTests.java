package dev.pergola.registry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Every numbered statement of the registry is proven by a test somewhere. */
class RequirementTests {

	private static final Path REPOSITORY = Path.of("..");

	private static final Pattern TAG = Pattern.compile("@Tag\\(\"registry-(\\d+)\"\\)");

	@Test
	void everyStatementHasATestThatNamesIt() throws IOException {
		Set<Integer> named = new TreeSet<>();
		try (Stream<Path> modules = Files.list(REPOSITORY)) {
			modules.map((module) -> module.resolve("src/test/java"))
				.filter(Files::isDirectory)
				.forEach((sources) -> read(sources, named));
		}
		assertThat(named).containsAll(IntStream.rangeClosed(1, 19).boxed().collect(Collectors.toSet()));
	}

	private static void read(Path sources, Set<Integer> named) {
		try (Stream<Path> files = Files.walk(sources)) {
			for (Path file : files.filter((each) -> each.toString().endsWith(".java")).toList()) {
				Matcher tag = TAG.matcher(Files.readString(file));
				while (tag.find()) {
					named.add(Integer.valueOf(tag.group(1)));
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
