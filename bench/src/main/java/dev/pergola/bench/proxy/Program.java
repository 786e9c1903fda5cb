package dev.pergola.bench.proxy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program of this machine, where it is installed. */
public final class Program implements AutoCloseable {

	private final Process process;

	private Program(Process process) {
		this.process = process;
	}

	/** Where a program is; the places of administrators' programs are looked at, too. */
	public static Optional<Path> find(String name) {
		return Stream.concat(Stream.of(System.getenv().getOrDefault("PATH", "").split(":")), Stream.of("/usr/sbin"))
			.map((folder) -> Path.of(folder, name))
			.filter(Files::isExecutable)
			.findFirst();
	}

	/**
	 * Starts a program that runs until it is closed.
	 * @param log file that gets what it prints
	 */
	static Program start(List<String> command, Path log) throws IOException {
		return new Program(new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start());
	}

	@Override
	public void close() {
		this.process.descendants().forEach(ProcessHandle::destroy);
		this.process.destroy();
		try {
			this.process.waitFor(5, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
