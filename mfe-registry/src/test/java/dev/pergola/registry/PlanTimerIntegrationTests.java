package dev.pergola.registry;

import java.time.Duration;

import dev.pergola.registry.testing.Bundles;
import dev.pergola.registry.testing.OnH2;
import dev.pergola.registry.testing.RegistryClient;
import dev.pergola.registry.testing.SetClock;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.test.context.TestPropertySource;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

@OnH2
@Tag("registry-11")
@Import(PlanContract.Clocks.class)
@TestPropertySource(properties = "pergola.registry.rollout.poll=20ms")
class PlanTimerIntegrationTests extends RegistryContract {

	@Autowired
	private SetClock clock;

	@Test
	void watchersHearOfAPlanThatIsDue() {
		String module = name("timed");
		administrator().publish(module, "1.0.0", Bundles.of(module, "1.0.0", "partners")).expectStatus().isCreated();
		administrator()
			.put("/modules/{module}/channels/stable",
					"""
							{ "rollout": [ { "version": "1.0.0", "share": 100 } ], "startsAt": "%s" }"""
						.formatted(this.clock.instant().plus(Duration.ofMinutes(5))),
					module)
			.expectStatus()
			.isAccepted();
		long before = service().revision();
		StepVerifier.create(WebClient.create("http://localhost:" + this.port)
			.get()
			.uri("/registry/v1/catalog/watch")
			.headers((headers) -> headers.setBearerAuth(RegistryClient.SERVICE_TOKEN))
			.header("Last-Event-ID", Long.toString(before))
			.retrieve()
			.bodyToFlux(new ParameterizedTypeReference<ServerSentEvent<String>>() {
			})
			.filter((event) -> event.data() != null))
			.then(() -> this.clock.advance(Duration.ofMinutes(5)))
			.assertNext((event) -> {
				assertThat(event.id()).isEqualTo(Long.toString(before + 1));
				assertThat(event.data()).contains("\"module\":\"%s\"".formatted(module));
			})
			.thenCancel()
			.verify(Duration.ofSeconds(20));
	}

}
