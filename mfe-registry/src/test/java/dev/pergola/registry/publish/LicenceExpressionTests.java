package dev.pergola.registry.publish;

import java.util.Set;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("registry-5")
class LicenceExpressionTests {

	private static final Set<String> ALLOWED = Set.of("MIT", "Apache-2.0", "GPL-2.0-only WITH Classpath-exception-2.0");

	@ParameterizedTest
	@ValueSource(strings = { "MIT", "(MIT OR GPL-3.0-only)", "MIT AND Apache-2.0", "(MIT)",
			"GPL-3.0-only AND (GPL-2.0-only OR ISC) OR MIT", "GPL-2.0-only WITH Classpath-exception-2.0" })
	void leavesAChoiceThatIsAllowed(String expression) {
		assertThat(LicenceExpression.isMet(expression, ALLOWED::contains)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "GPL-3.0-only", "MIT AND GPL-3.0-only", "(MIT", "MIT)", "MIT MIT", "OR", "AND MIT", "",
			"GPL-2.0-only", "((((((((((((((((((((((((((((((((", "MIT OR" })
	void isNotMet(String expression) {
		assertThat(LicenceExpression.isMet(expression, ALLOWED::contains)).isFalse();
	}

}
