package dev.pergola.standalone;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the whole platform in one process.
 *
 * @param directory Directory of all data, relative to the working directory.
 * @param publicOrigin Origin people open in the browser.
 * @param identity Demo identity provider.
 * @param samples Sample modules.
 * @param stopWithParent Whether everything stops when the program that started it is
 * gone.
 */
@ConfigurationProperties("pergola.standalone")
record StandaloneProperties(@DefaultValue("var") Path directory,
		@DefaultValue("http://localhost:8080") URI publicOrigin, @DefaultValue Identity identity,
		@DefaultValue Samples samples, @DefaultValue("false") boolean stopWithParent) {

	/**
	 * Settings of the demo identity provider.
	 *
	 * @param enabled Whether the demo identity provider starts.
	 * @param address Loopback address to listen on.
	 * @param port Port to listen on.
	 */
	record Identity(@DefaultValue("true") boolean enabled, @DefaultValue("127.0.0.1") String address,
			@DefaultValue("9000") int port) {

	}

	/**
	 * Settings of the sample modules.
	 *
	 * @param enabled Whether the sample modules are published and their services start.
	 * @param ports Ports of the services, by module.
	 * @param claude Program Claude Code, which is offered as an agent; not where missing.
	 */
	record Samples(@DefaultValue("true") boolean enabled, @DefaultValue Map<String, Integer> ports,
			@Nullable Path claude) {

	}

}
