package dev.pergola.cli.command;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import picocli.CommandLine;

/** A person at the command line. */
final class Terminal {

	private final Path home;

	private final Map<String, String> variables = new HashMap<>();

	Terminal(Path home) {
		this.home = home;
	}

	Terminal with(String variable, String value) {
		this.variables.put(variable, value);
		return this;
	}

	Result run(String... arguments) {
		StringWriter out = new StringWriter();
		StringWriter err = new StringWriter();
		CommandLine commandLine = Pergola.commandLine(new Environment(this.variables, this.home, "Linux"));
		commandLine.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
		return new Result(commandLine.execute(arguments), out.toString(), err.toString());
	}

	record Result(int exit, String out, String err) {

	}

}
