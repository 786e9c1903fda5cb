package dev.pergola.cli.command;

import dev.pergola.manifests.Version;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class BumpTests {

	@ParameterizedTest
	@CsvSource({ "1.2.3, PATCH, 1.2.4", "1.2.3, MINOR, 1.3.0", "1.2.3, MAJOR, 2.0.0", "1.2.3-rc.1, PATCH, 1.2.3",
			"1.2.0-rc.1, MINOR, 1.2.0", "1.2.3-rc.1, MINOR, 1.3.0", "2.0.0-rc.1, MAJOR, 2.0.0",
			"2.0.1-rc.1, MAJOR, 3.0.0" })
	void growsAsNpmDoes(String version, Bump bump, String next) {
		assertThat(bump.after(Version.parse(version))).hasToString(next);
	}

}
