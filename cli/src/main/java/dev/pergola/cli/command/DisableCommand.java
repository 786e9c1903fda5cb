package dev.pergola.cli.command;

import java.io.IOException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pergola disable <module> --reason …}. */
@Command(name = "disable", description = "Switch a module off; open tabs follow within seconds.")
final class DisableCommand extends PergolaCommand {

	@Parameters(paramLabel = "<module>", description = "Name of the module.")
	private String module = "";

	@Option(names = "--reason", paramLabel = "<text>", required = true, description = "Why; people see it.")
	private String reason = "";

	@Override
	public Integer call() throws IOException {
		return StateChange.apply(pergola(), this.module, false, this.reason);
	}

}
