package dev.pergola.samples.people;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

import dev.pergola.manifests.ManifestReader;
import dev.pergola.manifests.ManifestReading;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ManifestTests {

	private static final String SAMPLE = "/samples/people/";

	@Test
	void canBePublished() throws IOException {
		ManifestReading reading = new ManifestReader().read(bytes("module/manifest.json"));
		assertThat(reading.findings()).isEmpty();
		String entry = new String(bytes("module/people.js"), StandardCharsets.UTF_8);
		assertThat(reading.manifest().orElseThrow().pages())
			.allSatisfy((page) -> assertThat(entry).contains("customElements.define(\"" + page.element() + "\""));
	}

	@Test
	void travelsWithItsProgramAndData() throws IOException {
		for (String file : new String[] { "people.py", "store.py", "tokens.py", "people.json" }) {
			assertThat(bytes(file)).as(file).isNotEmpty();
		}
	}

	private static byte[] bytes(String file) throws IOException {
		try (InputStream input = ManifestTests.class.getResourceAsStream(SAMPLE + file)) {
			return Objects.requireNonNull(input, file).readAllBytes();
		}
	}

}
