package dev.pergola.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * `pergola`, as a module team calls it.
 */
final class CommandLine {

	private final Portal portal;

	private final String token;

	CommandLine(Portal portal, String token) {
		this.portal = portal;
		this.token = token;
	}

	/**
	 * Runs a command.
	 * @return what it printed
	 * @throws AssertionError where it did not end with 0
	 */
	String run(String... arguments) {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar",
						Portal.root().resolve("cli/target/pergola.jar").toString()));
		command.addAll(List.of(arguments));
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
		builder.environment().put("PERGOLA_URL", this.portal.url(""));
		builder.environment().put("PERGOLA_TOKEN", this.token);
		try {
			Process process = builder.start();
			process.getOutputStream().close();
			String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
				throw new AssertionError("pergola %s: %s".formatted(String.join(" ", arguments), output));
			}
			return output;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
