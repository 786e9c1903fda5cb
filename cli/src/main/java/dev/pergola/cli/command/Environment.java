package dev.pergola.cli.command;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What the command line knows of the machine.
 *
 * @param variables environment variables
 * @param home home folder of the person
 * @param system name of the operating system
 */
public record Environment(Map<String, String> variables, Path home, String system) {

	public Environment {
		variables = Map.copyOf(variables);
	}

	Optional<String> find(String variable) {
		return Optional.ofNullable(this.variables.get(variable)).filter((value) -> !value.isBlank());
	}

	/** Folder for settings of this person, as the operating system wants it. */
	Path settings() {
		if (this.system.startsWith("Windows")) {
			return find("APPDATA").map(Path::of).orElse(this.home).resolve("pergola");
		}
		return find("XDG_CONFIG_HOME").map(Path::of).orElse(this.home.resolve(".config")).resolve("pergola");
	}

}
