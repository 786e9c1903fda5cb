package dev.pergola.registry.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;

/**
 * Settings of a registry under test.
 */
final class TestRegistry {

	private TestRegistry() {
	}

	/** A test may set another issuer or limit. */
	static TestPropertyValues settings(ConfigurableApplicationContext context) {
		String issuer = context.getEnvironment()
			.getProperty("pergola.registry.jwt.issuer-uri", RegistryClient.ISSUER.uri());
		String failures = context.getEnvironment().getProperty("pergola.registry.tokens.failures-per-minute", "1000");
		return TestPropertyValues.of("management.server.port=0", "pergola.registry.directory=" + folder(),
				"pergola.registry.command-line-client-id=command-line",
				"pergola.registry.service-token=" + RegistryClient.SERVICE_TOKEN,
				"pergola.registry.jwt.issuer-uri=" + issuer, "pergola.registry.watch.heartbeat=200ms",
				"pergola.registry.watch.history=8", "pergola.registry.watch.max-watchers=1010",
				"pergola.registry.publish.max-upload=2MB", "pergola.registry.publish.max-expanded=4MB",
				"pergola.registry.teams.partners.hosts=localhost,*.internal",
				"pergola.registry.tokens.failures-per-minute=" + failures,
				"pergola.registry.publishers.issuers[0].issuer=" + RegistryClient.CI.uri(),
				"pergola.registry.publishers.issuers[0].audience=" + RegistryClient.CI_AUDIENCE,
				"pergola.registry.publishers.issuers[1].issuer=http://localhost:2",
				"pergola.registry.publishers.issuers[1].audience=" + RegistryClient.CI_AUDIENCE,
				"pergola.registry.upstreams.moved=http://localhost:8101");
	}

	static Path folder() {
		try {
			Path folder = Files.createTempDirectory("pergola-registry-tests");
			Runtime.getRuntime().addShutdownHook(new Thread(() -> FileSystemUtils.deleteRecursively(folder.toFile())));
			return folder;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static final class H2 implements ApplicationContextInitializer<ConfigurableApplicationContext> {

		@Override
		public void initialize(ConfigurableApplicationContext context) {
			settings(context).applyTo(context);
		}

	}

	static final class Postgres implements ApplicationContextInitializer<ConfigurableApplicationContext> {

		@Override
		public void initialize(ConfigurableApplicationContext context) {
			settings(context)
				.and("pergola.registry.datasource.url=" + PostgresServer.url("postgres"),
						"pergola.registry.datasource.username=postgres")
				.applyTo(context);
		}

	}

}
