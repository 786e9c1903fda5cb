package dev.pergola.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * `pergola`, as a module team calls it.
 */
final class CommandLine {

	private final Portal portal;

	private final Map<String, String> variables;

	CommandLine(Portal portal, String token) {
		this(portal, Map.of("PERGOLA_TOKEN", token));
	}

	private CommandLine(Portal portal, Map<String, String> variables) {
		this.portal = portal;
		this.variables = variables;
	}

	/** Without a token, of somebody whose settings are in a folder. */
	static CommandLine of(Portal portal, Path settings) {
		return new CommandLine(portal, Map.of("XDG_CONFIG_HOME", settings.toString()));
	}

	/** With a new token of a team, which somebody who may manage it asks for. */
	static CommandLine of(Visit visit, Portal portal, String team) {
		Matcher token = Pattern.compile("pgt_[A-Za-z0-9_-]+")
			.matcher(visit.send("POST", "/registry/v1/teams/" + team + "/tokens", Map.of("name", "e2e")).text());
		if (!token.find()) {
			throw new AssertionError("no token for team " + team);
		}
		return new CommandLine(portal, token.group());
	}

	/** Starts a command; what it prints comes as one stream. */
	Process start(String... arguments) throws IOException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
						"-XX:+UseSerialGC", "-jar", Portal.root().resolve("cli/target/pergola.jar").toString()));
		command.addAll(List.of(arguments));
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
		builder.environment().put("PERGOLA_URL", this.portal.url(""));
		this.variables.forEach(builder.environment()::put);
		return builder.start();
	}

	/**
	 * Runs a command.
	 * @return what it printed
	 * @throws AssertionError where it did not end with 0
	 */
	String run(String... arguments) {
		return run(0, arguments);
	}

	/**
	 * Runs a command that is to end so.
	 * @return what it printed
	 * @throws AssertionError where it ended with another code
	 */
	String run(int exit, String... arguments) {
		try {
			Process process = start(arguments);
			process.getOutputStream().close();
			String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != exit) {
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
