package dev.pergola.cli.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code pergola nav}: the navigation as YAML. */
@Command(name = "nav", description = "Export, compare, check and import the navigation as YAML.",
		subcommands = { NavExportCommand.class, NavImportCommand.class, NavDiffCommand.class, NavLintCommand.class })
final class NavCommand implements Runnable {

	@ParentCommand
	private @Nullable Pergola pergola;

	@Spec
	private @Nullable CommandSpec spec;

	Pergola pergola() {
		if (this.pergola == null) {
			throw new IllegalStateException("not parsed yet");
		}
		return this.pergola;
	}

	@Override
	public void run() {
		if (this.spec == null) {
			throw new IllegalStateException("not parsed yet");
		}
		throw new ParameterException(this.spec.commandLine(), "say export, import, diff or lint");
	}

}
