package dev.pergola.registry;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import dev.pergola.registry.testing.Bundles;
import dev.pergola.registry.testing.RegistryClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Kills a registry in a process of its own while many publish, and starts it again.
 */
class CrashIntegrationTests {

	private static final int BEFORE_THE_KILL = 40;

	private final HttpClient http = HttpClient.newHttpClient();

	@TempDir
	private Path folder;

	private int port;

	@Test
	void keepsWhatItAcknowledgedAndNothingHalf() throws Exception {
		Set<String> acknowledged = new ConcurrentSkipListSet<>();
		Process first = start();
		try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
			CountDownLatch enough = new CountDownLatch(BEFORE_THE_KILL);
			for (int i = 0; i < 8; i++) {
				int publisher = i;
				executor.submit(() -> publish(publisher, acknowledged, enough));
			}
			assertThat(enough.await(120, TimeUnit.SECONDS)).isTrue();
			first.destroyForcibly().waitFor();
		}
		Process second = start();
		try {
			Set<String> kept = new TreeSet<>();
			JsonNode modules = JsonMapper.shared().readTree(get("/modules").body());
			for (JsonNode module : modules) {
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
		finally {
			second.destroyForcibly().waitFor();
		}
	}

	/** Publishes until the registry is gone. */
	private Void publish(int publisher, Set<String> acknowledged, CountDownLatch enough) throws Exception {
		for (int i = 0; i < 1000; i++) {
			String module = "crash-%d-%d".formatted(publisher, i);
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

	private Process start() throws IOException {
		try (ServerSocket free = new ServerSocket(0)) {
			this.port = free.getLocalPort();
		}
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
				System.getProperty("java.class.path"), RegistryApplication.class.getName(),
				"--server.port=" + this.port, "--management.server.port=0",
				"--pergola.registry.directory=" + this.folder,
				"--pergola.registry.service-token=" + RegistryClient.SERVICE_TOKEN,
				"--pergola.registry.service-publishes=true")
			.redirectErrorStream(true)
			.redirectOutput(this.folder.resolve("log").toFile())
			.start();
		await().atMost(120, TimeUnit.SECONDS).ignoreExceptions().until(() -> get("/catalog").statusCode() == 200);
		return process;
	}

}
