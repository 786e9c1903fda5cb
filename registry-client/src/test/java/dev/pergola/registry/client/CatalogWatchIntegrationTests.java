package dev.pergola.registry.client;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import dev.pergola.manifests.catalog.Catalog;
import dev.pergola.manifests.catalog.CatalogJson;
import dev.pergola.manifests.catalog.CatalogModule;
import dev.pergola.registry.client.CatalogStatus.Origin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import reactor.test.StepVerifier;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.util.unit.DataSize;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@ExtendWith(OutputCaptureExtension.class)
class CatalogWatchIntegrationTests {

	private static final Duration LONG = Duration.ofSeconds(30);

	@TempDir
	Path directory;

	private final List<CatalogWatch> watches = new ArrayList<>();

	private RegistryServer registry = new RegistryServer(0);

	@AfterEach
	void stop() {
		this.watches.forEach(CatalogWatch::destroy);
		this.registry.close();
	}

	@Test
	void tellsWhatIsKnownAndEachNewerCatalog() {
		this.registry.greetWith(RegistryServer.frame(Catalogs.catalog(1, "deals")));
		CatalogWatch watch = start(LONG);
		assertThat(watch.current()).isNotNull();
		StepVerifier.create(watch.changes().filter((catalog) -> catalog.revision() > 0))
			.expectNext(Catalogs.catalog(1, "deals"))
			.then(() -> this.registry.send(RegistryServer.frame(Catalogs.catalog(2, "deals", "people"))))
			.expectNext(Catalogs.catalog(2, "deals", "people"))
			.then(watch::destroy)
			.expectComplete()
			.verify(LONG);
		assertThat(watch.current()).isEqualTo(Catalogs.catalog(2, "deals", "people"));
	}

	@Test
	void beforeAnythingIsKnownTheCatalogIsEmpty() {
		this.registry.close();
		CatalogWatch watch = start(LONG);
		assertThat(watch.current()).isEqualTo(Catalog.EMPTY);
		StepVerifier.create(watch.changes()).expectNext(Catalog.EMPTY).thenCancel().verify(LONG);
		await().until(() -> watch.status().problem() != null);
		assertThat(watch.status().problem()).isEqualTo("the registry is out of reach");
		assertThat(watch.status().origin()).isEqualTo(Origin.NONE);
	}

	@Test
	void aCutIsFollowedByAResumption() {
		this.registry.greetWith(RegistryServer.frame(Catalogs.catalog(7, "deals")));
		CatalogWatch watch = start(LONG);
		awaitRevision(watch, 7);
		this.registry.greetWith("");
		this.registry.cut();
		await().until(() -> this.registry.requests().size() == 2);
		assertThat(this.registry.requests().get(0).get("Last-Event-ID")).isNull();
		assertThat(this.registry.requests().get(1).get("Last-Event-ID")).isEqualTo("7");
		assertThat(this.registry.requests())
			.allSatisfy((headers) -> assertThat(headers.get("Authorization")).isEqualTo("Bearer secret"));
		await().until(() -> watch.status().connected());
		this.registry.send(RegistryServer.frame(Catalogs.catalog(8)));
		awaitRevision(watch, 8);
	}

	@Test
	void aRegistryThatComesBackIsHeard() {
		this.registry.greetWith(RegistryServer.frame(Catalogs.catalog(1)));
		CatalogWatch watch = start(LONG);
		awaitRevision(watch, 1);
		int port = this.registry.port();
		this.registry.close();
		await().until(() -> !watch.status().connected());
		assertThat(watch.status().problem()).doesNotContain("200");
		assertThat(watch.current().revision()).isEqualTo(1);
		this.registry = new RegistryServer(port);
		this.registry.greetWith(RegistryServer.frame(Catalogs.catalog(2)));
		awaitRevision(watch, 2);
		assertThat(watch.status()).extracting(CatalogStatus::connected, CatalogStatus::problem)
			.containsExactly(true, null);
	}

	@Test
	void silenceEndsTheConnection() {
		CatalogWatch watch = start(Duration.ofMillis(100));
		await().until(() -> this.registry.requests().size() >= 2);
		await().until(() -> "the registry is silent".equals(watch.status().problem()) || watch.status().connected());
	}

	@Test
	void heartbeatsKeepTheConnection() {
		CatalogWatch watch = start(Duration.ofMillis(500));
		await().until(() -> watch.status().connected());
		for (int i = 0; i < 15; i++) {
			var before = watch.status().heardAt();
			this.registry.send(":\n\n");
			await().pollDelay(Duration.ofMillis(100)).until(() -> !watch.status().heardAt().equals(before));
		}
		assertThat(this.registry.requests()).hasSize(1);
	}

	@Test
	@Tag("registry-19")
	void theLastGoodCatalogSurvivesARestartWithoutRegistry() {
		this.registry.greetWith(RegistryServer.frame(Catalogs.catalog(5, "deals")));
		CatalogWatch first = start(LONG);
		awaitRevision(first, 5);
		await().until(() -> Files.exists(this.directory.resolve("catalog.snapshot")));
		first.destroy();
		this.registry.close();
		CatalogWatch second = create(this.registry.url(), LONG, this.directory);
		assertThat(second.current()).isEqualTo(Catalogs.catalog(5, "deals"));
		assertThat(second.status().origin()).isEqualTo(Origin.DISK);
	}

	@Test
	@Tag("registry-19")
	void aFileThatIsNotWholeIsIgnoredAndSaidSo() throws IOException {
		new CatalogFile(this.directory).write(Catalogs.catalog(5, "deals"));
		Path file = this.directory.resolve("catalog.snapshot");
		byte[] whole = Files.readAllBytes(file);
		for (int length = 0; length < whole.length; length += 31) {
			Files.write(file, Arrays.copyOf(whole, length));
			assertIgnored();
		}
		whole[whole.length / 2] ^= 1;
		Files.write(file, whole);
		assertIgnored();
	}

	@Test
	void theFirstConnectionAsksForTheWholeAgain() throws IOException {
		new CatalogFile(this.directory).write(Catalogs.catalog(5, "wrong"));
		this.registry.greetWith(RegistryServer.frame(Catalogs.catalog(5, "right")));
		CatalogWatch watch = start(LONG);
		await().until(() -> watch.status().origin() == Origin.REGISTRY);
		assertThat(watch.current()).isEqualTo(Catalogs.catalog(5, "right"));
		assertThat(this.registry.requests().getFirst().get("Last-Event-ID")).isNull();
	}

	@Test
	void aReplayedOlderRevisionIsRefused() {
		this.registry.greetWith(RegistryServer.frame(Catalogs.catalog(9, "deals")));
		CatalogWatch watch = start(LONG);
		awaitRevision(watch, 9);
		this.registry.send(RegistryServer.frame(Catalogs.catalog(8, "old")));
		await().until(() -> watch.status().problem() != null);
		assertThat(watch.status().problem()).contains("revision 8", "9");
		assertThat(watch.current()).isEqualTo(Catalogs.catalog(9, "deals"));
		this.registry.send(RegistryServer.frame(Catalogs.catalog(10)));
		awaitRevision(watch, 10);
		assertThat(watch.status().problem()).isNull();
	}

	@Test
	@Tag("registry-16")
	void aChangeIsAppliedAndKept() throws IOException {
		this.registry.greetWith(RegistryServer.frame(Catalogs.catalog(1, "deals", "people")));
		CatalogWatch watch = start(LONG);
		awaitRevision(watch, 1);
		this.registry.send(RegistryServer.change(1, Catalogs.catalog(2, "news"), "people"));
		awaitRevision(watch, 2);
		assertThat(watch.current()).isEqualTo(Catalogs.catalog(2, "deals", "news"));
		this.registry.send(RegistryServer.change(1, Catalogs.catalog(2, "old")));
		this.registry.send(RegistryServer.change(2, Catalogs.catalog(5, "offers")));
		awaitRevision(watch, 5);
		assertThat(watch.current()).isEqualTo(Catalogs.catalog(5, "deals", "news", "offers"));
		assertThat(this.registry.requests()).hasSize(1);
		assertThat(this.registry.uris()).containsOnly("/registry/v1/catalog/watch?changes=true");
		watch.destroy();
		assertThat(new CatalogFile(this.directory).read()).contains(watch.current());
	}

	@Test
	@Tag("registry-16")
	void aChangeOfAnotherRevisionIsFollowedByTheWhole() {
		this.registry.greetWith(RegistryServer.frame(Catalogs.catalog(3, "deals")));
		CatalogWatch watch = start(LONG);
		awaitRevision(watch, 3);
		this.registry.greetWith(RegistryServer.frame(Catalogs.catalog(9, "deals", "news")));
		this.registry.send(RegistryServer.change(8, Catalogs.catalog(9, "news")));
		awaitRevision(watch, 9);
		assertThat(watch.current()).isEqualTo(Catalogs.catalog(9, "deals", "news"));
		assertThat(this.registry.requests().get(1).get("Last-Event-ID")).isNull();
	}

	@Test
	@Tag("registry-16")
	void aBadModuleInAChangeIsRefusedAlone() {
		this.registry.greetWith(RegistryServer.frame(Catalogs.catalog(1, "deals", "people")));
		CatalogWatch watch = start(LONG);
		awaitRevision(watch, 1);
		this.registry.send(RegistryServer.change(1, Catalogs.catalog(2, "deals", "news"))
			.replaceFirst("\"share\":100", "\"share\":7"));
		awaitRevision(watch, 2);
		assertThat(watch.current()).isEqualTo(Catalogs.catalog(2, "deals", "news", "people"));
		assertThat(watch.status().problem()).contains("deals", "add up to 7");
		this.registry.send(RegistryServer.change(2, Catalogs.catalog(3, "people")));
		awaitRevision(watch, 3);
		assertThat(watch.status().problem()).contains("deals");
		this.registry.send(RegistryServer.change(3, Catalogs.catalog(4, "deals")));
		awaitRevision(watch, 4);
		assertThat(watch.status().problem()).isNull();
	}

	@Test
	void aModuleThatCannotBeReadStaysAsItWas() {
		this.registry.greetWith(RegistryServer.frame(Catalogs.catalog(1, "deals", "people")));
		CatalogWatch watch = start(LONG);
		awaitRevision(watch, 1);
		String json = new String(CatalogJson.write(Catalogs.catalog(2, "deals", "people", "news")),
				StandardCharsets.UTF_8);
		this.registry.send(RegistryServer.frame(2, json.replaceFirst("\"share\":100", "\"share\":7")));
		awaitRevision(watch, 2);
		assertThat(watch.current().modules()).extracting(CatalogModule::module)
			.containsExactlyInAnyOrder("deals", "people", "news");
		assertThat(watch.status().problem()).contains("deals", "add up to 7");
	}

	@Test
	void whatIsNotACatalogChangesNothing() {
		this.registry.greetWith(RegistryServer.frame(Catalogs.catalog(1, "deals")));
		CatalogWatch watch = start(LONG);
		awaitRevision(watch, 1);
		this.registry.greetWith("event: news\ndata: {}\n\n");
		this.registry.send(RegistryServer.frame(2, "{\"revision\": 2, \"modules\": [{\"mod"));
		await().until(() -> this.registry.requests().size() == 2 && watch.status().connected());
		assertThat(watch.current()).isEqualTo(Catalogs.catalog(1, "deals"));
	}

	@Test
	void aRefusalIsToldAndTriedAgain() {
		this.registry.answer(401);
		CatalogWatch watch = start(LONG);
		await().until(() -> "the registry answered 401".equals(watch.status().problem()));
		this.registry.greetWith(RegistryServer.frame(Catalogs.catalog(1)));
		this.registry.answer(200);
		awaitRevision(watch, 1);
	}

	@Test
	void goesOnWhenNothingCanBeKept() throws IOException {
		Path file = Files.createFile(this.directory.resolve("file"));
		this.registry.greetWith(RegistryServer.frame(Catalogs.catalog(1)));
		CatalogWatch watch = create(this.registry.url(), LONG, file);
		watch.start();
		awaitRevision(watch, 1);
		this.registry.send(RegistryServer.frame(Catalogs.catalog(2)));
		awaitRevision(watch, 2);
	}

	@Test
	void stopsWithoutNoiseWhileConnecting(CapturedOutput output) {
		for (int i = 0; i < 30; i++) {
			CatalogWatch watch = create(URI.create("http://localhost:1"), LONG, this.directory);
			watch.start();
			watch.destroy();
		}
		CatalogWatch last = create(URI.create("http://localhost:1"), LONG, this.directory);
		last.start();
		await().until(() -> last.status().problem() != null);
		assertThat(output).doesNotContain("ERROR", "onErrorDropped");
	}

	private void assertIgnored() {
		CatalogWatch watch = create(URI.create("http://localhost:1"), LONG, this.directory);
		assertThat(watch.current()).isEqualTo(Catalog.EMPTY);
		assertThat(watch.status().problem()).contains("catalog.snapshot is ignored");
	}

	private void awaitRevision(CatalogWatch watch, long revision) {
		await().atMost(LONG).until(() -> watch.current().revision() == revision);
	}

	private CatalogWatch start(Duration heartbeat) {
		CatalogWatch watch = create(this.registry.url(), heartbeat, this.directory);
		watch.start();
		return watch;
	}

	private CatalogWatch create(URI url, Duration heartbeat, Path directory) {
		RegistryClientProperties properties = new RegistryClientProperties(true, url, "secret", directory, heartbeat,
				Duration.ofSeconds(5), Duration.ofMillis(10), Duration.ofMillis(100), DataSize.ofMegabytes(8),
				Duration.ofMillis(50));
		CatalogWatch watch = new CatalogWatch(new CatalogMemory(Clock.systemUTC()), new CatalogFile(directory),
				new CatalogStream(WebClient.builder(), properties), properties);
		this.watches.add(watch);
		return watch;
	}

}
