package dev.pergola.manifests;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class VersionRangeTests {

	@ParameterizedTest
	@CsvSource({ "^1.2.3, 1.2.3, 1.9.0, 1.2.2, 2.0.0", "^0.2.3, 0.2.3, 0.2.9, 0.2.2, 0.3.0",
			"^0.0.3, 0.0.3, 0.0.3, 0.0.2, 0.0.4", "^0.0, 0.0.0, 0.0.9, 0.1.0, 1.0.0",
			"^3.3, 3.3.0, 3.9.9, 3.2.9, 4.0.0", "~1.2.3, 1.2.3, 1.2.9, 1.2.2, 1.3.0", "~1, 1.0.0, 1.9.9, 0.9.9, 2.0.0",
			">=1.0 <2, 1.0.0, 1.99.0, 0.9.9, 2.0.0", ">= 1.0 < 2, 1.0.0, 1.99.0, 0.9.9, 2.0.0",
			">1, 2.0.0, 9.0.0, 1.9.9, 1.0.0", ">1.2, 1.3.0, 2.0.0, 1.2.9, 1.2.0", ">1.2.3, 1.2.4, 2.0.0, 1.2.3, 1.0.0",
			"<=1.2, 0.0.0, 1.2.9, 1.3.0, 2.0.0", "1.x, 1.0.0, 1.9.9, 0.9.0, 2.0.0", "1.2.*, 1.2.0, 1.2.9, 1.1.9, 1.3.0",
			"1.2 - 1.4, 1.2.0, 1.4.9, 1.1.9, 1.5.0", "1.2.0 - 1.4.0, 1.2.0, 1.4.0, 1.1.9, 1.4.1",
			"1.2.3, 1.2.3, 1.2.3, 1.2.2, 1.2.4", "^1 || ^3, 1.5.0, 3.5.0, 2.0.0, 4.0.0",
			"^1.2.3-beta.2, 1.2.3-beta.2, 1.3.0, 1.2.3-beta.1, 1.3.0-beta.9" })
	void containsWhatNpmSays(String range, String first, String second, String outside, String far) {
		VersionRange parsed = VersionRange.parse(range);
		assertThat(parsed.contains(Version.parse(first))).isTrue();
		assertThat(parsed.contains(Version.parse(second))).isTrue();
		assertThat(parsed.contains(Version.parse(outside))).isFalse();
		assertThat(parsed.contains(Version.parse(far))).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "^1", "~1.2", "*", "<2", "1 - 3" })
	void aPreReleaseHasToBeNamed(String range) {
		assertThat(VersionRange.parse(range).contains(Version.parse("2.0.0-alpha"))).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "^1, ^2, false", "^1, >=1.5, true", "^3.3, ~3.2, false", "<2, >=2, false", "<=2.0.0, >=2.0.0, true",
			">1.0.0, <1.0.1, false", "*, ^9, true", "^1 || ^3, ^2 || ~3.1, true", "1.0.0-beta.1, ^1.0.0-beta, true" })
	void intersectsWhenSomeVersionIsInBoth(String first, String second, boolean intersects) {
		assertThat(VersionRange.parse(first).intersects(VersionRange.parse(second))).isEqualTo(intersects);
		assertThat(VersionRange.parse(second).intersects(VersionRange.parse(first))).isEqualTo(intersects);
	}

	@Test
	void knowsWhenNothingIsInside() {
		assertThat(VersionRange.parse(">2 <1").isEmpty()).isTrue();
		assertThat(VersionRange.parse(">=1 <2").isEmpty()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "latest", ">>1", "1.2.3.4", "^", "^1 ^", "1 -2", "^1.x-beta", "1.0.0^2", "^1 |", "||",
			"file:../x", "git+https://x" })
	void refusesWhatIsNotARange(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> VersionRange.parse(text)).withMessageContaining("range");
	}

}
