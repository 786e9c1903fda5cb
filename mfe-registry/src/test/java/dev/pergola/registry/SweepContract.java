package dev.pergola.registry;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.pergola.registry.bundle.BundleStore;
import dev.pergola.registry.bundle.ContentHash;
import dev.pergola.registry.bundle.ContentMissingException;
import dev.pergola.registry.content.ContentSweep;
import dev.pergola.registry.testing.Bundles;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What is removed of content, and what never.
 */
@Tag("registry-3")
@TestPropertySource(properties = "pergola.registry.content.grace=-1m")
public abstract class SweepContract extends RegistryContract {

	@TempDir
	private Path folder;

	@Autowired
	private BundleStore bundles;

	@Autowired
	private ContentSweep sweep;

	@Test
	void removesWhatNoVersionNames() throws IOException {
		String module = name("swept");
		administrator().publish(module, "1.0.0", Bundles.of(module, "1.0.0", "partners")).expectStatus().isCreated();
		ContentHash left = store("left by a process that died");
		assertThat(this.sweep.sweep()).isPositive();
		assertThatExceptionOfType(ContentMissingException.class).isThrownBy(() -> this.bundles.get(left));
		service().get("/modules/%1$s/versions/1.0.0/files/%1$s.js".formatted(module)).expectStatus().isOk();
		assertThat(this.sweep.sweep()).isZero();
	}

	private ContentHash store(String text) throws IOException {
		Path file = Files.writeString(Files.createTempFile(this.folder, "content", ""), text, StandardCharsets.UTF_8);
		try (var stream = Files.newInputStream(file)) {
			ContentHash hash = ContentHash.of(stream);
			this.bundles.put(hash, file);
			return hash;
		}
	}

}
