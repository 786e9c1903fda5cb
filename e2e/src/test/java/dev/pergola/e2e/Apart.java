package dev.pergola.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The platform as an operator runs it: every service a process of its own, on free ports
 * and with settings of its own. Identity provider and samples come from
 * {@code standalone}, with all parts of the portal switched off in it.
 */
final class Apart implements AutoCloseable {

	static final String REGISTRY = "registry";

	static final String BRIDGE = "agent-bridge";

	static final String SHELL = "shell";

	static final String BFF = "bff";

	private static final String IDENTITY = "standalone";

	private static final List<String> SAMPLES = List.of("partnerships", "deals", "people", "organizations");

	private static final Duration START = Duration.ofSeconds(120);

	private final Path directory;

	private final Map<String, Integer> ports = new LinkedHashMap<>();

	private final Map<String, Process> processes = new LinkedHashMap<>();

	private final Thread hook = new Thread(this::killAll);

	private Apart(Path directory) {
		this.directory = directory;
		Stream.of(REGISTRY, BRIDGE, SHELL, BFF, IDENTITY).forEach((service) -> {
			this.ports.put(service, Ports.free());
			this.ports.put(service + ".management", Ports.free());
		});
		this.ports.put("identity", Ports.free());
		SAMPLES.forEach((sample) -> this.ports.put(sample, Ports.free()));
		Runtime.getRuntime().addShutdownHook(this.hook);
	}

	/**
	 * Starts everything and waits until a person could sign in.
	 * @param directory where it keeps its data and logs
	 */
	static Apart start(Path directory) {
		Apart apart = new Apart(directory);
		try {
			apart.launch(REGISTRY);
			apart.awaitReady(REGISTRY);
			Stream.of(IDENTITY, BRIDGE, SHELL, BFF).forEach(apart::launch);
			Stream.of(BRIDGE, SHELL, BFF, IDENTITY).forEach(apart::awaitReady);
			return apart;
		}
		catch (RuntimeException ex) {
			apart.killAll();
			throw ex;
		}
	}

	/** Address of the edge. */
	String url(String path) {
		return origin(BFF) + path;
	}

	/** Ends a service as a crash would. */
	void kill(String service) {
		Process process = this.processes.remove(service);
		process.destroyForcibly();
		process.onExit().join();
	}

	/** Starts a service again, with the data it had. */
	void startAgain(String service) {
		launch(service);
		awaitReady(service);
	}

	@Override
	public void close() {
		killAll();
		Runtime.getRuntime().removeShutdownHook(this.hook);
	}

	private void killAll() {
		this.processes.values().forEach((process) -> {
			process.descendants().forEach(ProcessHandle::destroyForcibly);
			process.destroyForcibly();
			process.onExit().join();
		});
	}

	private String origin(String service) {
		return "http://localhost:" + this.ports.get(service);
	}

	private void launch(String service) {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
						"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED", "-jar",
						jar(service).toString(), "--server.port=" + this.ports.get(service),
						"--management.server.port=" + this.ports.get(service + ".management")));
		settings(service).forEach((name, value) -> command.add("--" + name + "=" + value));
		try {
			Files.createDirectories(this.directory);
			this.processes.put(service,
					new ProcessBuilder(command).directory(this.directory.toFile())
						.redirectErrorStream(true)
						.redirectOutput(ProcessBuilder.Redirect.appendTo(log(service).toFile()))
						.start());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Map<String, String> settings(String service) {
		return new ApartSettings(this.directory, this::origin, this.ports, SAMPLES).of(service);
	}

	private void awaitReady(String service) {
		long end = System.nanoTime() + START.toNanos();
		while (!isReady(service)) {
			if (!this.processes.get(service).isAlive() || System.nanoTime() > end) {
				throw new IllegalStateException(service + " is not ready\n" + said(service));
			}
			pause();
		}
	}

	private boolean isReady(String service) {
		try (HttpClient client = HttpClient.newHttpClient()) {
			HttpResponse<String> health = client
				.send(HttpRequest.newBuilder(URI.create(origin(service + ".management") + "/actuator/health/readiness"))
					.timeout(Duration.ofSeconds(2))
					.build(), HttpResponse.BodyHandlers.ofString());
			return health.statusCode() == 200
					&& (!service.equals(IDENTITY) || said(service).contains("Sign in as one of these"));
		}
		catch (IOException notYet) {
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private Path log(String service) {
		return this.directory.resolve(service + ".log");
	}

	private String said(String service) {
		try {
			return Files.readString(log(service));
		}
		catch (IOException ex) {
			return "no log: " + ex;
		}
	}

	private static Path jar(String service) {
		Path target = Portal.root().resolve((service.equals(REGISTRY) ? "mfe-registry" : service) + "/target");
		try (Stream<Path> files = Files.list(target)) {
			return files.filter((file) -> file.getFileName().toString().endsWith("-exec.jar"))
				.findFirst()
				.orElseThrow(() -> new IllegalStateException(service + " is not packaged"));
		}
		catch (IOException ex) {
			throw new IllegalStateException(service + " is not packaged", ex);
		}
	}

	private static void pause() {
		try {
			TimeUnit.MILLISECONDS.sleep(100);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
