package dev.pergola.registry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import dev.pergola.registry.bundle.BundleStore;
import dev.pergola.registry.bundle.ContentHash;
import dev.pergola.registry.bundle.DirectoryBundleStore;
import dev.pergola.registry.testing.Bundles;
import dev.pergola.registry.testing.OnH2;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.io.Resource;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("registry-3")
@Tag("registry-9")
@OnH2
@Import(UnfinishedPublishIntegrationTests.Stores.class)
class UnfinishedPublishIntegrationTests extends RegistryContract {

	@TempDir
	private static Path folder;

	@Autowired
	private FailingStore store;

	@Test
	void showsNothingOfAPublishThatEndedAfterStoringFiles() {
		String module = name("deals");
		byte[] bundle = Bundles.of(module, "1.0.0", "partners");
		long before = service().revision();
		this.store.failing.set(true);
		administrator().publish(module, "1.0.0", bundle)
			.expectStatus()
			.isEqualTo(500)
			.expectBody(String.class)
			.value((body) -> assertThat(body).contains("traceId").doesNotContain("disk"));
		this.store.failing.set(false);
		administrator().get("/modules/{module}", module).expectStatus().isNotFound();
		service().get("/modules/{module}/versions/1.0.0/files/{module}.js", module, module).expectStatus().isNotFound();
		assertThat(service().revision()).isEqualTo(before);
		administrator().publish(module, "1.0.0", bundle).expectStatus().isCreated();
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void saysThatTheDiskIsFull() {
		String module = name("deals");
		byte[] bundle = Bundles.of(module, "1.0.0", "partners");
		this.store.full.set(true);
		administrator().publish(module, "1.0.0", bundle)
			.expectStatus()
			.isEqualTo(507)
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("/problems/storage-full");
		this.store.full.set(false);
		administrator().publish(module, "1.0.0", bundle).expectStatus().isCreated();
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class Stores {

		@Bean
		FailingStore failingStore() {
			return new FailingStore(new DirectoryBundleStore(folder));
		}

	}

	/** Stores, and then fails as long as it is told to. */
	static final class FailingStore implements BundleStore {

		private final BundleStore store;

		private final AtomicBoolean failing = new AtomicBoolean();

		private final AtomicBoolean full = new AtomicBoolean();

		FailingStore(BundleStore store) {
			this.store = store;
		}

		@Override
		public void put(ContentHash hash, Path file) {
			if (this.full.get()) {
				fill();
			}
			this.store.put(hash, file);
			if (this.failing.get()) {
				throw new IllegalStateException("disk on fire");
			}
		}

		/** The device that is always full, so that the text is the system's own. */
		private static void fill() {
			try {
				Files.write(Path.of("/dev/full"), new byte[1]);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		@Override
		public Resource get(ContentHash hash) {
			return this.store.get(hash);
		}

		@Override
		public void forEach(Instant storedBefore, Consumer<ContentHash> visitor) {
			this.store.forEach(storedBefore, visitor);
		}

		@Override
		public void remove(ContentHash hash) {
			this.store.remove(hash);
		}

	}

}
