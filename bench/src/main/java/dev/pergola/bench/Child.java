package dev.pergola.bench;

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
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A contender: a Java process of its own.
 */
public final class Child implements AutoCloseable {

	private static final int ANY = -1;

	/** The same for every Java program that is measured. */
	private static final List<String> OPTIONS = Stream.of(System.getProperty("bench.java", "").split(" "))
		.filter((option) -> !option.isEmpty())
		.toList();

	private final Process process;

	private final long startedAt = System.nanoTime();

	/**
	 * Starts a program of the Java that runs this one.
	 * @param arguments options, then {@code -jar} or a class with its arguments
	 * @param log file that gets what it prints
	 */
	public Child(List<String> arguments, Path log) {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m",
						"--enable-native-access=ALL-UNNAMED"));
		command.addAll(OPTIONS);
		command.addAll(arguments);
		try {
			this.process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Waits until an address answers with a status.
	 * @return time since the start of the process
	 */
	public Duration await(URI address, int status) {
		try (HttpClient client = HttpClient.newHttpClient()) {
			while (this.process.isAlive() && System.nanoTime() - this.startedAt < TimeUnit.MINUTES.toNanos(3)) {
				if (answers(client, address, status)) {
					return Duration.ofNanos(System.nanoTime() - this.startedAt);
				}
				TimeUnit.MILLISECONDS.sleep(20);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		throw new IllegalStateException("%s did not answer %d".formatted(address, status));
	}

	/**
	 * Waits until an address answers, whatever the status.
	 * @return time since the start of the process
	 */
	public Duration awaitAnswer(URI address) {
		return await(address, ANY);
	}

	/** Waits for a process that ends by itself. */
	public void awaitEnd(Duration atMost) throws InterruptedException {
		if (!this.process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
			this.process.destroyForcibly();
			throw new IllegalStateException("does not end: " + this.process.info().commandLine().orElse(""));
		}
	}

	/**
	 * Resident memory of the process and all it started, in MiB.
	 */
	public long residentMib() {
		return Stream.concat(Stream.of(this.process.toHandle()), this.process.descendants())
			.mapToLong((process) -> residentKib(process.pid()))
			.sum() / 1024;
	}

	/**
	 * Ends the process at once, as a crash does.
	 */
	public void kill() {
		try {
			this.process.destroyForcibly().waitFor();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public void close() {
		this.process.destroy();
		try {
			if (!this.process.waitFor(20, TimeUnit.SECONDS)) {
				this.process.destroyForcibly();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static boolean answers(HttpClient client, URI address, int status) throws InterruptedException {
		try {
			int answered = client
				.send(HttpRequest.newBuilder(address)
					.header("Accept", "text/html")
					.timeout(Duration.ofSeconds(2))
					.build(), HttpResponse.BodyHandlers.discarding())
				.statusCode();
			return status == ANY || answered == status;
		}
		catch (IOException notYet) {
			return false;
		}
	}

	private static long residentKib(long pid) {
		try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
			return lines.filter((line) -> line.startsWith("VmRSS:"))
				.mapToLong((line) -> Long.parseLong(line.replaceAll("\\D", "")))
				.findFirst()
				.orElse(0);
		}
		catch (IOException gone) {
			return 0;
		}
	}

}
