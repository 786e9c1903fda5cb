package dev.pergola.registry.bundle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class DirectoryBundleStoreTests extends BundleStoreContract {

	@TempDir
	private Path directory;

	@Override
	BundleStore store() {
		return new DirectoryBundleStore(this.directory);
	}

	@Override
	void overwrite(ContentHash hash, byte[] content) {
		try {
			Files.write(this.directory.resolve(hash.hex().substring(0, 2)).resolve(hash.hex()), content);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Test
	void removesWhatAKilledProcessLeftHalfWritten() throws IOException {
		Path folder = Files.createDirectories(this.directory.resolve("ab"));
		Path left = Files.writeString(folder.resolve("new-1.part"), "half");
		Files.setLastModifiedTime(left, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
		Path young = Files.writeString(folder.resolve("new-2.part"), "half");
		store().forEach(Instant.now().minus(Duration.ofDays(1)), (hash) -> {
		});
		assertThat(left).doesNotExist();
		assertThat(young).exists();
	}

}
