package dev.pergola.standalone.samples;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs Python programs of the samples as child processes.
 */
final class PythonPrograms {

	private static final Duration START = Duration.ofSeconds(15);

	private static final Duration STOP = Duration.ofSeconds(2);

	private PythonPrograms() {
	}

	static AutoCloseable start(Path program, Sample.Place place) throws IOException, UnavailableException {
		Path python = Installed.find("python3")
			.orElseThrow(() -> new UnavailableException("python3 was not found on this computer."));
		Files.createDirectories(place.directory());
		List<String> command = new ArrayList<>(
				List.of(python.toString(), program.toString(), "--port", String.valueOf(place.port()), "--data",
						place.directory().toAbsolutePath().toString(), "--issuer", place.issuer()));
		Path log = place.directory().resolve("output.log");
		Process process = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(log.toFile())
			.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
			.start();
		try {
			awaitPort(process, place.port(), log);
		}
		catch (UnavailableException ex) {
			stop(process);
			throw ex;
		}
		return () -> stop(process);
	}

	private static void awaitPort(Process process, int port, Path log) throws UnavailableException {
		long end = System.nanoTime() + START.toNanos();
		while (System.nanoTime() < end) {
			if (listens(port)) {
				return;
			}
			try {
				if (process.waitFor(100, TimeUnit.MILLISECONDS)) {
					throw new UnavailableException("The Python program ended at once; see %s.".formatted(log));
				}
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new UnavailableException("The start was interrupted.");
			}
		}
		throw new UnavailableException(
				"The Python program did not listen within %d s; see %s.".formatted(START.toSeconds(), log));
	}

	private static boolean listens(int port) {
		try (Socket socket = new Socket()) {
			socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static void stop(Process process) throws IOException {
		List<ProcessHandle> children = process.descendants().toList();
		process.destroy();
		try {
			if (!process.waitFor(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
				process.destroyForcibly();
			}
		}
		catch (InterruptedException ex) {
			process.destroyForcibly();
			Thread.currentThread().interrupt();
		}
		children.forEach(ProcessHandle::destroyForcibly);
	}

}
