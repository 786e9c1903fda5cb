package dev.pergola.manifests;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class VersionTests {

	/** The example of SemVer 2.0, section 11. */
	@Test
	void ordersAsSemVerSays() {
		List<String> expected = List.of("1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta",
				"1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0", "2.0.0", "2.1.0", "2.1.1", "10.0.0");
		List<String> shuffled = new ArrayList<>(expected);
		Collections.reverse(shuffled);
		Stream<Version> sorted = shuffled.stream().map(Version::parse).sorted();
		assertThat(sorted.map(Version::toString)).containsExactlyElementsOf(expected);
	}

	@Test
	void buildMetadataDoesNotCount() {
		assertThat(Version.parse("1.0.0+a")).isEqualByComparingTo(Version.parse("1.0.0+b.2"));
		assertThat(Version.parse("1.0.0-rc.1+a.2")).hasToString("1.0.0-rc.1+a.2");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "1", "1.0", "v1.0.0", "01.0.0", "1.0.0-", "1.0.0-a..b", "1.0.0-01", "1.0.0+",
			"1.0.0-ä", "1.0.0 ", "1.0.0\n", "1.0.0/../..", "9999999999.0.0" })
	void refusesWhatIsNotSemVer(String text) {
		assertThat(Version.isValid(text)).isFalse();
		assertThatIllegalArgumentException().isThrownBy(() -> Version.parse(text)).withMessageContaining("SemVer");
	}

}
