package dev.pergola.cli;

import java.nio.file.Path;

import dev.pergola.cli.command.Environment;
import dev.pergola.cli.command.Pergola;

/** Starts the command line. */
public final class Main {

	private Main() {
	}

	public static void main(String[] arguments) {
		// The schema validator brings a logger; nobody reads its log here.
		System.setProperty("slf4j.internal.verbosity", "ERROR");
		Environment environment = new Environment(System.getenv(), Path.of(System.getProperty("user.home")),
				System.getProperty("os.name"));
		System.exit(Pergola.commandLine(environment).execute(arguments));
	}

}
