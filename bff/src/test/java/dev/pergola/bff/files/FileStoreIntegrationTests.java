package dev.pergola.bff.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import dev.pergola.bff.TestCatalog;
import dev.pergola.bff.catalog.LiveModules;
import dev.pergola.bff.problem.BffException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Files outlive the process and the registry. */
class FileStoreIntegrationTests {

	@TempDir
	private Path directory;

	private final AtomicInteger asked = new AtomicInteger();

	private DisposableServer registry;

	private int port;

	@BeforeEach
	void start() {
		this.registry = HttpServer.create()
			.host("localhost")
			.port(0)
			.handle((request,
					response) -> response.sendString(Mono.fromSupplier(() -> "file " + this.asked.incrementAndGet())
						.delayElement(Duration.ofMillis(50))))
			.bindNow();
		this.port = this.registry.port();
	}

	@AfterEach
	void stop() {
		this.registry.disposeNow();
	}

	@Test
	@Tag("registry-19")
	void filesAreThereAfterARestartWhileTheRegistryIsAway() {
		assertThat(get(store(this.directory, 1000), "a.js")).isEqualTo("file 1");
		this.port = 1;
		assertThat(get(store(this.directory, 1000), "a.js")).isEqualTo("file 1");
		assertThatExceptionOfType(BffException.class).isThrownBy(() -> get(store(this.directory, 1000), "b.js"));
	}

	@Test
	void manyWhoAskAtOnceAreOneFetch() {
		FileStore store = store(this.directory, 1000);
		List<String> all = Flux.range(0, 50)
			.flatMap((number) -> store.get("deals", "1.0.0", "a.js"), 50)
			.map((file) -> new String(file.bytes(), StandardCharsets.UTF_8))
			.collectList()
			.block(Duration.ofSeconds(10));
		assertThat(all).hasSize(50).containsOnly("file 1");
		assertThat(this.asked).hasValue(1);
	}

	@Test
	void aDamagedFileIsFetchedAgain() throws IOException {
		get(store(this.directory, 1000), "a.js");
		try (Stream<Path> files = Files.list(this.directory)) {
			Path kept = files.findFirst().orElseThrow();
			byte[] bytes = Files.readAllBytes(kept);
			bytes[bytes.length - 1] ^= 1;
			Files.write(kept, bytes);
		}
		assertThat(get(store(this.directory, 1000), "a.js")).isEqualTo("file 2");
		assertThat(get(store(this.directory, 1000), "a.js")).isEqualTo("file 2");
	}

	@Test
	void aFolderThatCannotBeWrittenHarmsNobody() throws IOException {
		Path file = Files.createFile(this.directory.resolve("no-folder"));
		assertThat(get(store(file, 1000), "a.js")).isEqualTo("file 1");
	}

	@Test
	void whatWasNotAskedForLongestMakesRoom() throws IOException {
		FileStore store = store(this.directory, 200);
		for (int i = 0; i < 20; i++) {
			get(store, i + ".js");
		}
		long bytes = 0;
		try (Stream<Path> files = Files.list(this.directory)) {
			for (Path each : files.toList()) {
				bytes += Files.size(each);
			}
		}
		assertThat(bytes).isBetween(1L, 200L);
	}

	private String get(FileStore store, String path) {
		return new String(store.get("deals", "1.0.0", path).block(Duration.ofSeconds(10)).bytes(),
				StandardCharsets.UTF_8);
	}

	private FileStore store(Path folder, long maxDisk) {
		FileProperties properties = new FileProperties(DataSize.ofMegabytes(1), folder, DataSize.ofBytes(maxDisk),
				DataSize.ofMegabytes(1), Duration.ofSeconds(5));
		return new FileStore(HttpClient.create(), new RegistryAddress("http://localhost:" + this.port, "t"),
				new FileIntegrity(new LiveModules(new TestCatalog())), properties);
	}

}
