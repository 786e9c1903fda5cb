package dev.pergola.registry;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import dev.pergola.manifests.catalog.Catalog;
import dev.pergola.manifests.catalog.CatalogJson;
import dev.pergola.manifests.catalog.CatalogModule;
import dev.pergola.registry.testing.Bundles;
import dev.pergola.registry.testing.OnPostgres;
import dev.pergola.registry.testing.RegistryClient;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.env.Environment;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

@OnPostgres
class TwoNodesIntegrationTests extends RegistryContract {

	@Autowired
	private Environment environment;

	@Test
	void tellsWatchersOfOneNodeWhatTheOtherWrote() {
		try (ConfigurableApplicationContext other = secondNode()) {
			int otherPort = other.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
			String now = Long.toString(service().revision());
			String next = Long.toString(Long.parseLong(now) + 1);
			String module = name("nodes");
			StepVerifier.create(watch(otherPort, now))
				.then(() -> administrator().publish(module, "1.0.0", Bundles.of(module, "1.0.0", "partners"))
					.expectStatus()
					.isCreated())
				.assertNext((event) -> assertThat(event.id()).isEqualTo(next))
				.thenCancel()
				.verify(Duration.ofSeconds(20));
			assertThat(RegistryClient.service(otherPort).revision()).isEqualTo(Long.parseLong(next));
			other.close();
		}
	}

	@Test
	void endsStreamsWhenANodeStops() {
		ConfigurableApplicationContext other = secondNode();
		int otherPort = other.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
		String now = Long.toString(service().revision());
		StepVerifier.create(watch(otherPort, "0").doOnNext((event) -> Thread.startVirtualThread(other::close)))
			.assertNext((event) -> assertThat(event.id()).isEqualTo(now))
			.expectComplete()
			.verify(Duration.ofSeconds(20));
	}

	/** Its regular look is a minute away: only an announcement can be what it heard. */
	@Test
	@Tag("registry-16")
	void hearsOfTheOtherNodesWriteByItsAnnouncementAlsoAfterTheConnectionDied() throws Exception {
		try (ConfigurableApplicationContext other = secondNode("--pergola.registry.watch.poll=1m")) {
			int otherPort = other.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
			writeAndHear(otherPort);
			assertThat(killListeners()).isGreaterThanOrEqualTo(2);
			writeAndHear(otherPort);
			writeAndHear(otherPort);
		}
	}

	/** registry.md 8, smaller: 20 teams on two nodes. */
	@Test
	@Tag("registry-8")
	void keepsEveryPublishOfTwentyTeamsOnTwoNodesWithoutAGap() throws Exception {
		try (ConfigurableApplicationContext other = secondNode()) {
			int otherPort = other.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
			long before = service().revision();
			List<Callable<Integer>> publishes = new ArrayList<>();
			List<String> modules = new ArrayList<>();
			for (int i = 0; i < 20; i++) {
				String module = name("fleet");
				byte[] bundle = Bundles.of(module, "1.0.0", "partners");
				int node = (i % 2 == 0) ? this.port : otherPort;
				modules.add(module);
				publishes.add(() -> RegistryClient.developer(node, "partners")
					.publish(module, "1.0.0", bundle)
					.returnResult(Void.class)
					.getStatus()
					.value());
			}
			try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
				for (Future<Integer> answer : executor.invokeAll(publishes)) {
					assertThat(answer.get()).isEqualTo(201);
				}
			}
			for (int node : List.of(this.port, otherPort)) {
				Catalog catalog = catalog(node);
				assertThat(catalog.revision()).isEqualTo(before + 20);
				assertThat(catalog.modules()).extracting(CatalogModule::module).containsAll(modules);
			}
			assertThat(jdbc("select count(*) from audit_entry where revision > " + before)).isEqualTo(20);
		}
	}

	private void writeAndHear(int otherPort) {
		String now = Long.toString(RegistryClient.service(otherPort).revision());
		String next = Long.toString(Long.parseLong(now) + 1);
		String module = name("announced");
		StepVerifier.create(watch(otherPort, now))
			.then(() -> administrator().publish(module, "1.0.0", Bundles.of(module, "1.0.0", "partners"))
				.expectStatus()
				.isCreated())
			.assertNext((event) -> assertThat(event.id()).isEqualTo(next))
			.thenCancel()
			.verify(Duration.ofSeconds(20));
	}

	private long killListeners() throws SQLException {
		return jdbc("""
				select count(pg_terminate_backend(pid)) from pg_stat_activity
				where application_name = 'pergola-registry-listen'
				""");
	}

	private long jdbc(String sql) throws SQLException {
		String url = this.environment.getRequiredProperty("pergola.registry.datasource.url");
		try (Connection connection = DriverManager.getConnection(url, "postgres", "");
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery(sql)) {
			rows.next();
			return rows.getLong(1);
		}
	}

	private static Catalog catalog(int port) {
		byte[] json = RegistryClient.service(port).get("/catalog").expectBody().returnResult().getResponseBodyContent();
		return CatalogJson.read(json).catalog();
	}

	private ConfigurableApplicationContext secondNode(String... more) {
		String[] arguments = Stream.concat(secondNodeArguments(), Stream.of(more)).toArray(String[]::new);
		return new SpringApplicationBuilder(RegistryApplication.class).web(WebApplicationType.REACTIVE).run(arguments);
	}

	private Stream<String> secondNodeArguments() {
		return Stream.of("--spring.config.name=pergola-registry", "--server.port=0", "--management.server.port=0",
				"--pergola.registry.directory=" + this.environment.getProperty("pergola.registry.directory"),
				"--pergola.registry.service-token=" + RegistryClient.SERVICE_TOKEN,
				"--pergola.registry.jwt.issuer-uri=" + RegistryClient.ISSUER.uri(),
				"--pergola.registry.datasource.username=postgres",
				"--pergola.registry.datasource.url=" + this.environment.getProperty("pergola.registry.datasource.url"));
	}

	private static Flux<ServerSentEvent<String>> watch(int port, String lastEventId) {
		return WebClient.create("http://localhost:" + port)
			.get()
			.uri("/registry/v1/catalog/watch")
			.headers((headers) -> headers.setBearerAuth(RegistryClient.SERVICE_TOKEN))
			.header("Last-Event-ID", lastEventId)
			.retrieve()
			.bodyToFlux(new ParameterizedTypeReference<ServerSentEvent<String>>() {
			})
			.filter((event) -> event.data() != null);
	}

}
