package dev.pergola.cli.command;

import java.io.IOException;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pergola disable <module> [--version …] --reason …}. */
@Command(name = "disable", description = "Switch a module, or one version of it, off; open tabs follow within seconds.")
final class DisableCommand extends PergolaCommand {

	@Parameters(paramLabel = "<module>", description = "Name of the module.")
	private String module = "";

	@Option(names = "--version", paramLabel = "<version>", description = "Only this version; people get the next best.")
	private @Nullable String version;

	@Override
	public Integer call() throws IOException {
		return StateChange.apply(pergola(), this.module, this.version, false, pergola().requireReason());
	}

}
