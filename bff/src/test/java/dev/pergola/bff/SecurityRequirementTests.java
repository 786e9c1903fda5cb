package dev.pergola.bff;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every numbered statement about proxying, registration and operation is proven by a test
 * somewhere.
 */
class SecurityRequirementTests {

	private static final Path REPOSITORY = Path.of("..");

	private static final Pattern TAG = Pattern.compile("@Tag\\(\"security-(\\d+)\"\\)");

	private static final Set<String> STATEMENTS = IntStream
		.concat(IntStream.rangeClosed(27, 48), IntStream.rangeClosed(55, 57))
		.mapToObj(String::valueOf)
		.collect(Collectors.toSet());

	@Test
	void everyStatementHasATestThatNamesIt() throws IOException {
		Set<String> named = new TreeSet<>();
		try (Stream<Path> modules = Files.list(REPOSITORY)) {
			modules.map((module) -> module.resolve("src/test/java"))
				.filter(Files::isDirectory)
				.forEach((sources) -> named.addAll(RequirementTags.in(sources, TAG)));
		}
		assertThat(named).containsAll(STATEMENTS);
	}

}
