package dev.pergola.bridge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Every numbered statement about programs is proven by a test of this module. */
class RequirementTests {

	private static final Pattern TAG = Pattern.compile("@Tag\\(\"CLI-(\\d+)\"\\)");

	@Test
	void everyStatementHasATestThatNamesIt() throws IOException {
		Set<Integer> named = new TreeSet<>();
		for (Path source : sources()) {
			Matcher tag = TAG.matcher(Files.readString(source));
			while (tag.find()) {
				named.add(Integer.valueOf(tag.group(1)));
			}
		}
		assertThat(named).containsAll(IntStream.rangeClosed(1, 29).boxed().collect(Collectors.toSet()));
	}

	private static List<Path> sources() throws IOException {
		try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
			return files.filter((file) -> file.toString().endsWith(".java")).toList();
		}
	}

}
