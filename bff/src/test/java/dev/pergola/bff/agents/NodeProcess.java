package dev.pergola.bff.agents;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.pergola.bff.TestBff;
import dev.pergola.bff.TestCatalog;
import dev.pergola.manifests.catalog.CatalogModule;

/** A bff in a process of its own, which can be killed. */
final class NodeProcess implements AutoCloseable {

	private static final String READY = "listens on ";

	private final Process process;

	private final int port;

	private NodeProcess(Process process, int port) {
		this.process = process;
		this.port = port;
	}

	/** Runs in the other process. */
	public static void main(String[] args) {
		List<String> settings = new ArrayList<>(List.of(args));
		String upstream = settings.removeFirst();
		TestBff bff = TestBff.start(settings.toArray(String[]::new));
		bff.publish(catalog(upstream));
		System.out.println(READY + bff.port());
	}

	static CatalogModule catalog(String upstream) {
		return TestCatalog.module("deals", upstream, null, List.of(),
				List.of(RunsContract.scout(), SharedRunsIntegrationTests.http()));
	}

	static NodeProcess start(String upstream, List<String> settings) throws IOException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx200m",
						"-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
						NodeProcess.class.getName(), upstream));
		command.addAll(settings);
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		BufferedReader output = new BufferedReader(
				new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
		StringBuilder said = new StringBuilder();
		for (String line = output.readLine(); line != null; line = output.readLine()) {
			if (line.startsWith(READY)) {
				Thread.ofVirtual().start(() -> output.lines().forEach((rest) -> {
				}));
				return new NodeProcess(process, Integer.parseInt(line.substring(READY.length())));
			}
			said.append(line).append('\n');
		}
		throw new IllegalStateException("node did not start: " + said);
	}

	int port() {
		return this.port;
	}

	/** Ends it as a lost machine does. */
	void kill() {
		this.process.destroyForcibly();
	}

	/**
	 * Asks it to stop.
	 * @return how long that took
	 */
	Duration stop() throws InterruptedException {
		long begin = System.nanoTime();
		this.process.destroy();
		this.process.waitFor();
		return Duration.ofNanos(System.nanoTime() - begin);
	}

	@Override
	public void close() {
		kill();
	}

}
