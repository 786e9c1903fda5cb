package dev.pergola.registry;

import java.time.Duration;

import dev.pergola.registry.testing.Bundles;
import dev.pergola.registry.testing.OnPostgres;
import dev.pergola.registry.testing.RegistryClient;
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

	private ConfigurableApplicationContext secondNode() {
		return new SpringApplicationBuilder(RegistryApplication.class).web(WebApplicationType.REACTIVE)
			.run("--spring.config.name=pergola-registry", "--server.port=0", "--management.server.port=0",
					"--pergola.registry.directory=" + this.environment.getProperty("pergola.registry.directory"),
					"--pergola.registry.service-token=" + RegistryClient.SERVICE_TOKEN,
					"--pergola.registry.datasource.username=postgres", "--pergola.registry.datasource.url="
							+ this.environment.getProperty("pergola.registry.datasource.url"));
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
