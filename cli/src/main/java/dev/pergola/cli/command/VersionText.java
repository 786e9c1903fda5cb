package dev.pergola.cli.command;

import java.util.Optional;

import picocli.CommandLine.IVersionProvider;

/** The version of the jar. */
final class VersionText implements IVersionProvider {

	@Override
	public String[] getVersion() {
		String version = VersionText.class.getPackage().getImplementationVersion();
		return new String[] { "pergola " + Optional.ofNullable(version).orElse("(from classes)") };
	}

}
