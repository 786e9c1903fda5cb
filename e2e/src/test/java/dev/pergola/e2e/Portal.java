package dev.pergola.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The platform as one process of its own, on free ports and in a directory of its own.
 * Killing the process of a test also ends it: it is stopped from a shutdown hook.
 */
final class Portal implements AutoCloseable {

	private static final Duration START = Duration.ofSeconds(120);

	private static final List<String> SAMPLES = List.of("partnerships", "deals", "people", "organizations");

	private final Path directory;

	private final Map<String, Integer> ports = new LinkedHashMap<>();

	private final Map<String, String> settings;

	private Process process;

	private long logStart;

	private final Thread hook = new Thread(this::kill);

	private Portal(Path directory, Map<String, String> settings) {
		this.directory = directory;
		this.settings = settings;
		Stream.concat(Stream.of("portal", "management", "identity"), SAMPLES.stream())
			.forEach((name) -> this.ports.put(name, Ports.free()));
		this.process = launch(Map.of(), Map.of());
		Runtime.getRuntime().addShutdownHook(this.hook);
	}

	/**
	 * Starts the platform and waits until a person could sign in and every sample module
	 * is published.
	 * @param directory where it keeps its data; created where missing
	 */
	static Portal start(Path directory) {
		return start(directory, Map.of());
	}

	static Portal start(Path directory, Map<String, String> settings) {
		Portal portal = new Portal(directory, settings);
		portal.awaitReady();
		return portal;
	}

	String url(String path) {
		return "http://localhost:" + port("portal") + path;
	}

	int port(String name) {
		return this.ports.get(name);
	}

	ProcessHandle process() {
		return this.process.toHandle();
	}

	/** The programs it runs now whose command line names a file. */
	List<ProcessHandle> programs(String file) {
		return process().descendants()
			.filter((program) -> program.info().commandLine().orElse("").contains(file))
			.toList();
	}

	/**
	 * Stops it as Ctrl-C does and starts it again with the same data and ports.
	 */
	void restart() {
		restart(Map.of(), Map.of());
	}

	/**
	 * Stops it as Ctrl-C does and starts it again with the same data and ports.
	 * @param changed settings that differ from the first start
	 * @param environment variables that differ from those of the tests
	 */
	void restart(Map<String, String> changed, Map<String, String> environment) {
		stop();
		this.process = launch(changed, environment);
		awaitReady();
	}

	/**
	 * Sends SIGINT and waits for the end.
	 */
	void stop() {
		try {
			new ProcessBuilder("kill", "-INT", "" + this.process.pid()).inheritIO().start().waitFor();
			if (!this.process.waitFor(20, TimeUnit.SECONDS)) {
				kill();
				throw new IllegalStateException("the platform did not stop within 20 s of SIGINT\n" + log());
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** What it said since its last start. */
	String log() {
		try {
			byte[] log = Files.readAllBytes(logFile());
			return new String(log, (int) this.logStart, log.length - (int) this.logStart, StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			return "no log: " + ex;
		}
	}

	@Override
	public void close() {
		stop();
		Runtime.getRuntime().removeShutdownHook(this.hook);
	}

	private Process launch(Map<String, String> changed, Map<String, String> environment) {
		Map<String, String> all = new LinkedHashMap<>(defaults());
		all.putAll(this.settings);
		all.putAll(changed);
		List<String> command = new ArrayList<>(Interruptible.prefix());
		command.addAll(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m",
				"-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED", "-jar", jar().toString()));
		all.forEach((name, value) -> command.add("--" + name + "=" + value));
		try {
			Files.createDirectories(this.directory);
			this.logStart = Files.exists(logFile()) ? Files.size(logFile()) : 0;
			ProcessBuilder builder = new ProcessBuilder(command).directory(root().toFile())
				.redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.appendTo(logFile().toFile()));
			builder.environment().putAll(environment);
			return builder.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Map<String, String> defaults() {
		Map<String, String> settings = new LinkedHashMap<>();
		settings.put("server.port", "" + port("portal"));
		settings.put("management.server.port", "" + port("management"));
		settings.put("pergola.standalone.identity.port", "" + port("identity"));
		settings.put("pergola.standalone.directory", this.directory.toString());
		SAMPLES.forEach((name) -> settings.put("pergola.standalone.samples.ports." + name, "" + port(name)));
		return settings;
	}

	private void awaitReady() {
		long end = System.nanoTime() + START.toNanos();
		while (System.nanoTime() < end) {
			if (!this.process.isAlive()) {
				throw new IllegalStateException("the platform ended\n" + log());
			}
			if (isReady()) {
				return;
			}
			pause();
		}
		throw new IllegalStateException("the platform is not ready after " + START + "\n" + log());
	}

	/** Ready is what the platform says of itself, samples included. */
	private boolean isReady() {
		try (HttpClient client = HttpClient.newHttpClient()) {
			HttpResponse<String> health = client.send(HttpRequest
				.newBuilder(URI.create("http://localhost:" + port("management") + "/actuator/health/readiness"))
				.timeout(Duration.ofSeconds(2))
				.build(), HttpResponse.BodyHandlers.ofString());
			return health.statusCode() == 200
					&& log().lines().anyMatch((line) -> line.contains("Sign in as one of these"));
		}
		catch (IOException notYet) {
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	private void kill() {
		this.process.descendants().forEach(ProcessHandle::destroyForcibly);
		this.process.destroyForcibly();
	}

	private Path logFile() {
		return this.directory.resolve("portal.log");
	}

	private static void pause() {
		try {
			TimeUnit.MILLISECONDS.sleep(200);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static Path jar() {
		try (Stream<Path> files = Files.list(root().resolve("standalone/target"))) {
			return files.filter((file) -> file.getFileName().toString().endsWith("-exec.jar"))
				.collect(Collectors.collectingAndThen(Collectors.toList(), (found) -> found.stream().findFirst()))
				.orElseThrow(() -> new IllegalStateException(
						"standalone is not packaged: ./mvnw -pl standalone -am package -DskipTests"));
		}
		catch (IOException ex) {
			throw new IllegalStateException("standalone is not packaged: ./mvnw -pl standalone -am package -DskipTests",
					ex);
		}
	}

	/** The root of the repository; tests run in the folder of their Maven module. */
	static Path root() {
		return Path.of("").toAbsolutePath().getParent();
	}

}
