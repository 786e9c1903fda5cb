package dev.pergola.standalone.samples;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * A sample module and the service behind it.
 *
 * @param name name of the module
 * @param service how its service starts
 */
record Sample(String name, Service service) {

	String title() {
		return this.name.substring(0, 1).toUpperCase(Locale.ROOT) + this.name.substring(1);
	}

	/**
	 * Starts the service of a module.
	 */
	interface Service {

		/**
		 * Starts the service and returns when it listens.
		 * @param place where it listens and keeps its data
		 * @return stops the service
		 * @throws UnavailableException when this computer lacks what it needs
		 * @throws Exception when it fails
		 */
		AutoCloseable start(Place place) throws Exception;

	}

	/**
	 * Where a service listens and keeps its data.
	 *
	 * @param port port on loopback
	 * @param issuer issuer of access tokens
	 * @param directory directory of its data
	 */
	record Place(int port, String issuer, Path directory) {

		Map<String, String> settings() {
			return Map.of("port", String.valueOf(this.port), "issuer", this.issuer, "directory",
					this.directory.toAbsolutePath().toString(), "address", "127.0.0.1");
		}

	}

}
