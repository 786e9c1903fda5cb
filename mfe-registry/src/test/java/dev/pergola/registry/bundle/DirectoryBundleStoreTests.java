package dev.pergola.registry.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class DirectoryBundleStoreTests {

	@TempDir
	private Path folder;

	@Test
	void keepsContentOnceByItsHash() throws IOException {
		DirectoryBundleStore store = new DirectoryBundleStore(this.folder.resolve("bundles"));
		Path file = Files.writeString(this.folder.resolve("file"), "content");
		ContentHash hash = hash(file);
		store.put(hash, file);
		store.put(hash, file);
		assertThat(store.get(hash).getContentAsString(java.nio.charset.StandardCharsets.UTF_8)).isEqualTo("content");
		try (Stream<Path> files = Files.walk(this.folder.resolve("bundles"))) {
			assertThat(files.filter(Files::isRegularFile)).hasSize(1);
		}
	}

	@Test
	void saysThatContentIsMissing() throws IOException {
		ContentHash hash = hash(Files.writeString(this.folder.resolve("file"), "content"));
		assertThatExceptionOfType(ContentMissingException.class)
			.isThrownBy(() -> new DirectoryBundleStore(this.folder).get(hash));
	}

	@Test
	void writesHashesAsSubresourceIntegrityDoes() throws IOException {
		// openssl dgst -sha384 -binary | openssl base64 -A, over "content"
		assertThat(hash(Files.writeString(this.folder.resolve("file"), "content")).integrity())
			.isEqualTo("sha384-" + EXPECTED);
	}

	private static final String EXPECTED = "VAbr6hYY6bc6cpDF1xbwtHtPH7xdjF54yQEKPgHBjYWUqpQuNTb34BV0JF00ZHUj";

	private static ContentHash hash(Path file) throws IOException {
		try (InputStream stream = Files.newInputStream(file)) {
			return ContentHash.of(stream);
		}
	}

}
