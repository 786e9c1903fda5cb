package dev.pergola.cli.command;

import java.io.IOException;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pergola enable <module>}. */
@Command(name = "enable", description = "Switch a module, or one version of it, on again.")
final class EnableCommand extends PergolaCommand {

	@Parameters(paramLabel = "<module>", description = "Name of the module.")
	private String module = "";

	@Option(names = "--version", paramLabel = "<version>", description = "Only this version.")
	private @Nullable String version;

	@Override
	public Integer call() throws IOException {
		return StateChange.apply(pergola(), this.module, this.version, true, "");
	}

}
