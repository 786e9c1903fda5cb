package dev.pergola.registry;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import dev.pergola.registry.testing.Bundles;
import dev.pergola.registry.testing.PostgresServer;
import dev.pergola.registry.testing.RegistryClient;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Kills a registry in a process of its own while many publish, more than once and never
 * at the same moment, and starts it again.
 */
@Tag("registry-3")
@Tag("registry-9")
class CrashIntegrationTests {

	private static final int KILLS = 2;

	private static final int PUBLISHERS = 8;

	/** The moments of the kills; another seed is another test. */
	private final Random random = new Random(9);

	private final HttpClient http = HttpClient.newHttpClient();

	@TempDir
	private Path folder;

	private int port;

	@Test
	void keepsWhatItAcknowledgedAndNothingHalfOverH2() throws Exception {
		killAndLook();
	}

	@Test
	void keepsWhatItAcknowledgedAndNothingHalfOverPostgres() throws Exception {
		killAndLook("--pergola.registry.datasource.url=" + PostgresServer.newDatabase("crash"),
				"--pergola.registry.datasource.username=postgres");
	}

	private void killAndLook(String... database) throws Exception {
		Set<String> acknowledged = new ConcurrentSkipListSet<>();
		Process process = start(database);
		try {
			for (int round = 0; round < KILLS; round++) {
				publishUntilKilled(round, process, acknowledged);
				process = start(database);
				look(acknowledged);
			}
		}
		finally {
			process.destroyForcibly().waitFor();
		}
	}

	private void publishUntilKilled(int round, Process process, Set<String> acknowledged) throws Exception {
		try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
			CountDownLatch enough = new CountDownLatch(10 + this.random.nextInt(50));
			for (int i = 0; i < PUBLISHERS; i++) {
				String name = "crash-%d-%d-".formatted(round, i);
				executor.submit(() -> publish(name, acknowledged, enough));
			}
			assertThat(enough.await(60, TimeUnit.SECONDS)).isTrue();
			LockSupport.parkNanos(this.random.nextInt(20_000_000));
			process.destroyForcibly().waitFor();
		}
	}

	/**
	 * Whoever is there is whole, everything acknowledged is, and no revision is missing.
	 */
	private void look(Set<String> acknowledged) throws Exception {
		Set<String> kept = new TreeSet<>();
		for (JsonNode module : JsonMapper.shared().readTree(get("/modules").body())) {
			String name = module.path("module").stringValue();
			HttpResponse<String> file = get("/modules/" + name + "/versions/1.0.0/files/" + name + ".js");
			assertThat(file.statusCode()).as(name).isEqualTo(200);
			assertThat(file.body()).isEqualTo("export default '1.0.0';");
			kept.add(name);
		}
		assertThat(kept).containsAll(acknowledged);
		long revision = JsonMapper.shared().readTree(get("/catalog").body()).path("revision").asLong();
		assertThat(revision).isEqualTo(kept.size());
	}

	/** Publishes until the registry is gone. */
	private Void publish(String name, Set<String> acknowledged, CountDownLatch enough) throws Exception {
		for (int i = 0; i < 1000; i++) {
			String module = name + i;
			HttpRequest request = request("/modules/" + module + "/versions/1.0.0")
				.header("Content-Type", "application/gzip")
				.PUT(BodyPublishers.ofByteArray(Bundles.of(module, "1.0.0", "partners")))
				.build();
			try {
				assertThat(this.http.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(201);
				acknowledged.add(module);
				enough.countDown();
			}
			catch (IOException ex) {
				return null;
			}
		}
		return null;
	}

	private HttpResponse<String> get(String path) throws Exception {
		return this.http.send(request(path).build(), BodyHandlers.ofString());
	}

	private HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + "/registry/v1" + path))
			.header("Authorization", "Bearer " + RegistryClient.SERVICE_TOKEN);
	}

	private Process start(String... database) throws IOException {
		try (ServerSocket free = new ServerSocket(0)) {
			this.port = free.getLocalPort();
		}
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
						"-Xmx256m", "-cp", System.getProperty("java.class.path"), RegistryApplication.class.getName(),
						"--server.port=" + this.port, "--management.server.port=0",
						"--pergola.registry.directory=" + this.folder,
						"--pergola.registry.service-token=" + RegistryClient.SERVICE_TOKEN,
						"--pergola.registry.service-publishes=true"));
		command.addAll(List.of(database));
		Process process = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(Redirect.appendTo(this.folder.resolve("log").toFile()))
			.start();
		await().atMost(60, TimeUnit.SECONDS).ignoreExceptions().until(() -> get("/catalog").statusCode() == 200);
		return process;
	}

}
