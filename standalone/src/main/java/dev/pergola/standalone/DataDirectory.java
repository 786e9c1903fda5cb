package dev.pergola.standalone;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Makes the data directory absolute, for the portal and for the programs it starts in
 * other directories. Started inside {@code standalone/} of the repository, it is still
 * the repository's.
 */
final class DataDirectory {

	private static final String SETTING = "pergola.standalone.directory";

	private DataDirectory() {
	}

	static void resolve(ConfigurableEnvironment environment) {
		Path directory = base().resolve(environment.getProperty(SETTING, "var")).normalize();
		environment.getPropertySources()
			.addFirst(new MapPropertySource("dataDirectory", Map.of(SETTING, directory.toString())));
	}

	private static Path base() {
		Path working = Path.of("").toAbsolutePath();
		Path parent = working.getParent();
		boolean inModule = parent != null && working.endsWith("standalone") && Files.exists(parent.resolve("mvnw"))
				&& Files.isDirectory(parent.resolve("standalone"));
		return (inModule && parent != null) ? parent : working;
	}

}
