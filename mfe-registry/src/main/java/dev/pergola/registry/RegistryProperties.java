package dev.pergola.registry;

import java.nio.file.Path;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the registry as a whole.
 *
 * @param enabled Whether this process is a registry.
 * @param directory Folder for bundles, uploads under way and, unless another database is
 * set, the database file.
 */
@ConfigurationProperties("pergola.registry")
record RegistryProperties(@DefaultValue("true") boolean enabled, @DefaultValue("data/registry") Path directory) {

	Path bundles() {
		return this.directory.resolve("bundles");
	}

	Path work() {
		return this.directory.resolve("work");
	}

}
