package dev.pergola.bridge.driver;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A real process, spoken with over its pipes.
 */
public final class PipedProgram implements ProgramIo, AutoCloseable {

	private final Process process;

	private final BufferedReader output;

	private final Path home;

	private PipedProgram(Process process, Path home) {
		this.process = process;
		this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
		this.home = home;
	}

	/**
	 * @param environment all of it
	 */
	public static PipedProgram start(Path home, Map<String, String> environment, List<String> command)
			throws IOException {
		ProcessBuilder builder = new ProcessBuilder(command).directory(home.toFile())
			.redirectError(home.resolve("stderr.txt").toFile());
		builder.environment().clear();
		builder.environment().putAll(environment);
		builder.environment().put("HOME", home.toString());
		return new PipedProgram(builder.start(), home);
	}

	/** A class with a main, run as a program of its own. */
	public static PipedProgram java(Path home, Class<?> main, String... arguments) throws IOException {
		return start(home, Map.of(), java(main, arguments));
	}

	public static List<String> java(Class<?> main, String... arguments) {
		Path java = Path.of(System.getProperty("java.home"), "bin", "java");
		Path classes = Path.of(main.getProtectionDomain().getCodeSource().getLocation().getPath());
		List<String> command = new ArrayList<>(List.of(java.toString(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
				"-Xmx64m", "-cp", classes.toString(), main.getName()));
		command.addAll(List.of(arguments));
		return command;
	}

	public Process process() {
		return this.process;
	}

	public String errors() throws IOException {
		return Files.readString(this.home.resolve("stderr.txt"));
	}

	@Override
	public @Nullable String readLine() throws IOException {
		return this.output.readLine();
	}

	@Override
	public InputStream output() {
		return this.process.getInputStream();
	}

	@Override
	public synchronized void writeLine(String line) throws IOException {
		OutputStream input = this.process.getOutputStream();
		input.write((line + "\n").getBytes(StandardCharsets.UTF_8));
		input.flush();
	}

	@Override
	public void writeAll(byte[] text) {
		throw new UnsupportedOperationException();
	}

	@Override
	public void closeInput() {
		try {
			this.process.getOutputStream().close();
		}
		catch (IOException gone) {
			// it has ended
		}
	}

	@Override
	public Path home() {
		return this.home;
	}

	@Override
	public Path directory() {
		return this.home;
	}

	@Override
	public void close() {
		this.process.descendants().forEach(ProcessHandle::destroyForcibly);
		this.process.destroyForcibly();
	}

}
