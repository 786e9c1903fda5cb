package dev.pergola.cli.command;

import java.io.IOException;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pergola enable <module>}. */
@Command(name = "enable", description = "Switch a module on again.")
final class EnableCommand extends PergolaCommand {

	@Parameters(paramLabel = "<module>", description = "Name of the module.")
	private String module = "";

	@Option(names = "--reason", paramLabel = "<text>", description = "Why, for the audit.")
	private @Nullable String reason;

	@Override
	public Integer call() throws IOException {
		return StateChange.apply(pergola(), this.module, true, this.reason);
	}

}
