package dev.pergola.samples.organizations;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

import dev.pergola.manifests.ManifestReader;
import dev.pergola.manifests.ManifestReading;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ManifestTests {

	@Test
	void canBePublished() throws IOException {
		String file = "/samples/organizations/module/manifest.json";
		try (InputStream input = ManifestTests.class.getResourceAsStream(file)) {
			ManifestReading reading = new ManifestReader().read(Objects.requireNonNull(input, file).readAllBytes());
			assertThat(reading.findings()).isEmpty();
			assertThat(reading.manifest().orElseThrow().pages())
				.allSatisfy((page) -> assertThat(page.fragment()).isEqualTo("/fragments" + page.path()));
		}
	}

}
