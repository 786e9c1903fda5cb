package dev.pergola.bff.views;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PartTemplateTests {

	@Test
	void fillsValuesIn() {
		PartTemplate template = PartTemplate.parse("/people/{partnership.owner.id}/deals?for={id}&all=1");
		assertThat(template.references()).containsExactly("partnership");
		assertThat(template.parameters()).containsExactly("id");
		assertThat(expand(template, Map.of("partnership.owner.id", "p 7", "id", "a&b=c")))
			.contains("/people/p%207/deals?for=a%26b%3Dc&all=1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "..", ".", "a/b", "a;b", "a\\b", "" })
	void neverLetsAValueChangeThePath(String value) {
		assertThat(expand(PartTemplate.parse("/people/{id}"), Map.of("id", value))).isEmpty();
	}

	@Test
	void isNothingWithoutAValue() {
		assertThat(expand(PartTemplate.parse("/people/{id}"), Map.of())).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "people", "//evil.example/", "http://evil.example/", "/a b", "/a{", "/a#b", "/{a..b}" })
	void isAPathAndNothingElse(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> PartTemplate.parse(text));
	}

	private static Optional<String> expand(PartTemplate template, Map<String, String> values) {
		return template.expand((List<String> names) -> Optional.ofNullable(values.get(String.join(".", names))));
	}

}
