package dev.pergola.bff;

import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Every numbered statement about streams is proven by a test of this Maven module. */
class StreamRequirementTests {

	private static final Pattern TAG = Pattern.compile("@Tag\\(\"(S\\d+)\"\\)");

	private static final Set<String> STATEMENTS = IntStream.rangeClosed(1, 12)
		.mapToObj((number) -> "S" + number)
		.collect(Collectors.toSet());

	@Test
	void everyStatementHasATestThatNamesIt() {
		assertThat(RequirementTags.in(Path.of("src/test/java"), TAG)).containsAll(STATEMENTS);
	}

}
