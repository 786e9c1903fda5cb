package dev.pergola.samples.partnerships;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

import dev.pergola.manifests.Manifest;
import dev.pergola.manifests.ManifestReader;
import dev.pergola.manifests.ManifestReading;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ManifestTests {

	private static final String MODULE = "/samples/partnerships/module/";

	@Test
	void canBePublished() throws IOException {
		ManifestReading reading = new ManifestReader().read(bytes("manifest.json"));
		assertThat(reading.findings()).isEmpty();
		Manifest manifest = reading.manifest().orElseThrow();
		assertThat(manifest.module()).isEqualTo("partnerships");
		assertThat(new String(bytes(String.valueOf(manifest.entry().file())), java.nio.charset.StandardCharsets.UTF_8))
			.contains("customElements.define(\"partnerships-list\"", "customElements.define(\"partnerships-detail\"",
					"customElements.define(\"partnerships-pipeline-card\"");
	}

	private static byte[] bytes(String file) throws IOException {
		try (InputStream input = ManifestTests.class.getResourceAsStream(MODULE + file)) {
			return Objects.requireNonNull(input, file).readAllBytes();
		}
	}

}
