package dev.pergola.registry.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.core.io.Resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What every store of content does.
 */
@Tag("registry-2")
abstract class BundleStoreContract {

	private static final int BUFFER_BYTES = 16 * 1024;

	@TempDir
	private Path folder;

	/** The store under test, the same in one test. */
	abstract BundleStore store();

	/** Changes stored content as nobody should. */
	abstract void overwrite(ContentHash hash, byte[] content);

	@Test
	void keepsContentOnceByItsHash() {
		Content content = content("once");
		store().put(content.hash(), content.file());
		store().put(content.hash(), content.file());
		assertThat(read(content.hash())).isEqualTo(content.bytes());
		assertThat(hashes(Instant.now().plus(Duration.ofMinutes(1)))).containsOnlyOnce(content.hash());
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, BUFFER_BYTES - 1, BUFFER_BYTES, BUFFER_BYTES + 1, 3 * BUFFER_BYTES, 200_000 })
	void givesBackEveryByte(int size) throws IOException {
		byte[] bytes = new byte[size];
		new Random(size).nextBytes(bytes);
		Content content = content(bytes);
		store().put(content.hash(), content.file());
		Resource resource = store().get(content.hash());
		assertThat(resource.contentLength()).isEqualTo(size);
		assertThat(resource.getContentAsByteArray()).isEqualTo(bytes);
		if (size > 100) {
			try (InputStream stream = resource.getInputStream()) {
				stream.skipNBytes(100);
				assertThat(stream.readAllBytes()).isEqualTo(Arrays.copyOfRange(bytes, 100, size));
			}
		}
	}

	@Test
	void saysThatContentIsMissing() {
		ContentHash hash = content("never stored").hash();
		assertThatExceptionOfType(ContentMissingException.class).isThrownBy(() -> store().get(hash));
	}

	/** The last bytes never arrive: nobody takes a changed file for whole. */
	@ParameterizedTest
	@Tag("registry-4")
	@ValueSource(ints = { 1, BUFFER_BYTES, 5 * BUFFER_BYTES })
	void holdsBackTheEndOfChangedContent(int size) throws IOException {
		byte[] bytes = new byte[size];
		Content content = content(bytes);
		store().put(content.hash(), content.file());
		bytes[size / 2] = 1;
		overwrite(content.hash(), bytes);
		List<Integer> received = new ArrayList<>();
		try (InputStream stream = store().get(content.hash()).getInputStream()) {
			assertThatExceptionOfType(ContentDamagedException.class).isThrownBy(() -> {
				for (int value = stream.read(); value >= 0; value = stream.read()) {
					received.add(value);
				}
			});
		}
		assertThat(received).hasSizeLessThan(size);
	}

	@Test
	void removesContentForGood() {
		Content content = content("removed");
		store().put(content.hash(), content.file());
		store().remove(content.hash());
		store().remove(content.hash());
		assertThatExceptionOfType(ContentMissingException.class).isThrownBy(() -> store().get(content.hash()));
		store().put(content.hash(), content.file());
		assertThat(read(content.hash())).isEqualTo(content.bytes());
	}

	@Test
	void visitsWhatIsOldEnoughOnly() {
		Content content = content("visited");
		store().put(content.hash(), content.file());
		assertThat(hashes(Instant.now().plus(Duration.ofMinutes(1)))).contains(content.hash());
		assertThat(hashes(Instant.now().minus(Duration.ofMinutes(1)))).doesNotContain(content.hash());
	}

	@Test
	void takesTheSameContentFromManyAtOnce() throws Exception {
		Content content = content("many");
		try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Future<?>> puts = new ArrayList<>();
			for (int i = 0; i < 16; i++) {
				puts.add(executor.submit(() -> store().put(content.hash(), content.file())));
			}
			for (Future<?> put : puts) {
				put.get();
			}
		}
		assertThat(read(content.hash())).isEqualTo(content.bytes());
	}

	private byte[] read(ContentHash hash) {
		try {
			return store().get(hash).getContentAsByteArray();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private List<ContentHash> hashes(Instant storedBefore) {
		List<ContentHash> hashes = new ArrayList<>();
		store().forEach(storedBefore, hashes::add);
		return hashes;
	}

	private Content content(String text) {
		return content(text.getBytes(StandardCharsets.UTF_8));
	}

	private Content content(byte[] bytes) {
		try {
			Path file = Files.write(Files.createTempFile(this.folder, "content", ""), bytes);
			try (InputStream stream = Files.newInputStream(file)) {
				return new Content(ContentHash.of(stream), file, bytes.clone());
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private record Content(ContentHash hash, Path file, byte[] bytes) {

	}

}
