package dev.pergola.manifests;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PathPatternTests {

	private final PathPattern detail = PathPattern.parse("/partnerships/{id}");

	@Test
	void matchesAndTellsTheParameters() {
		assertThat(this.detail.match(List.of("partnerships", "a b"))).contains(Map.of("id", "a b"));
		assertThat(PathPattern.parse("/").match(List.of())).contains(Map.of());
	}

	@Test
	void doesNotMatchAnotherLengthOrLiteral() {
		assertThat(this.detail.match(List.of("partnerships"))).isEmpty();
		assertThat(this.detail.match(List.of("partnerships", "1", "2"))).isEmpty();
		assertThat(this.detail.match(List.of("Partnerships", "1"))).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ".", "..", "a/b", "..\\x", "a\u0000", "a\nb", "\uFFFD" })
	void hostileSegmentsAreNeverAValue(String value) {
		assertThat(this.detail.match(List.of("partnerships", value))).isEmpty();
		assertThatIllegalArgumentException().isThrownBy(() -> this.detail.expand(Map.of("id", value)));
	}

	@Test
	void expandEncodesEachValue() {
		assertThat(this.detail.expand(Map.of("id", "a b?ü%"))).isEqualTo("/partnerships/a%20b%3F%C3%BC%25");
		assertThatIllegalArgumentException().isThrownBy(() -> this.detail.expand(Map.of()));
	}

	@ParameterizedTest
	@CsvSource({ "/a/{x}, /a/b, true", "/a/{x}, /{y}/b, true", "/a/{x}/c, /a/b/{y}, true", "/a/b, /a/c, false",
			"/a/{x}, /a, false", "/a/{x}, /b/{x}, false", "/, /, true" })
	void overlapsWhenSomePathMatchesBoth(String first, String second, boolean overlaps) {
		assertThat(PathPattern.parse(first).overlaps(PathPattern.parse(second))).isEqualTo(overlaps);
		assertThat(PathPattern.parse(second).overlaps(PathPattern.parse(first))).isEqualTo(overlaps);
	}

	@Test
	void theMoreSpecificComesFirst() {
		List<String> sorted = Stream.of("/{x}/c", "/a/{x}", "/a", "/a/b", "/a/{x}/b", "/a/b/c")
			.map(PathPattern::parse)
			.sorted()
			.map(PathPattern::toString)
			.toList();
		assertThat(sorted).containsExactly("/a/b/c", "/a/b", "/a/{x}/b", "/a/{x}", "/a", "/{x}/c");
	}

	@ParameterizedTest
	@CsvSource({ "a, must start with /", "/a/, must not end with /", "/a//b, must not have an empty segment",
			"/a/../b, must not have a segment that is . or ..", "/{a}/{a}, 'must not use the parameter {a} twice'",
			"/a/{b, '\"{b\"'", "/a%2fb, '%2f'", "/{*rest}, '{*rest}'" })
	void saysWhyATextIsNotAPattern(String text, String message) {
		assertThatIllegalArgumentException().isThrownBy(() -> PathPattern.parse(text)).withMessageContaining(message);
	}

	@Test
	void isBounded() {
		assertThatIllegalArgumentException().isThrownBy(() -> PathPattern.parse("/a".repeat(17)));
		assertThatIllegalArgumentException().isThrownBy(() -> PathPattern.parse("/" + "a".repeat(255)));
	}

}
