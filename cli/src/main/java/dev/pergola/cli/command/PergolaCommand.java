package dev.pergola.cli.command;

import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParentCommand;

/** What every command has: the options of {@code pergola} itself. */
abstract class PergolaCommand implements Callable<Integer> {

	@ParentCommand
	private @Nullable Pergola pergola;

	final Pergola pergola() {
		if (this.pergola == null) {
			throw new IllegalStateException("not parsed yet");
		}
		return this.pergola;
	}

}
