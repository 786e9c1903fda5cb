package dev.pergola.samples.deals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;

import dev.pergola.manifests.ManifestReader;
import dev.pergola.manifests.ManifestReading;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ManifestTests {

	private static final String MODULE = "/samples/deals/module/";

	private static final int ENTRY_BUDGET_BYTES = 100_000;

	@Test
	void canBePublished() throws IOException {
		ManifestReading reading = new ManifestReader().read(bytes("manifest.json"));
		assertThat(reading.findings()).isEmpty();
		assertThat(reading.manifest().orElseThrow().module()).isEqualTo("deals");
	}

	@Test
	void keepsItsEntryWithinTheBudget() throws IOException {
		byte[] entry = bytes("deals.js");
		ByteArrayOutputStream packed = new ByteArrayOutputStream();
		try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
			gzip.write(entry);
		}
		assertThat(packed.size()).isLessThan(ENTRY_BUDGET_BYTES);
		assertThat(new String(entry, java.nio.charset.StandardCharsets.UTF_8)).contains("as mount", "as unmount");
	}

	private static byte[] bytes(String file) throws IOException {
		try (InputStream input = ManifestTests.class.getResourceAsStream(MODULE + file)) {
			return Objects.requireNonNull(input, file).readAllBytes();
		}
	}

}
