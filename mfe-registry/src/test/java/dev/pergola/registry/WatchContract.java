package dev.pergola.registry;

import java.time.Duration;
import java.util.List;

import dev.pergola.registry.testing.Bundles;
import dev.pergola.registry.testing.RegistryClient;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What watchers hear, on every database.
 */
public abstract class WatchContract extends RegistryContract {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	@Test
	void sendsTheWholeCatalogAndThenEachNewOne() {
		long now = service().revision();
		StepVerifier.create(catalogs(null)).assertNext((event) -> {
			assertThat(event.id()).isEqualTo(Long.toString(now));
			assertThat(event.event()).isEqualTo("catalog");
			assertThat(event.data()).doesNotContain("\n");
			assertThat(JsonMapper.shared().readTree(event.data()).get("revision").asLong()).isEqualTo(now);
		})
			.then(this::write)
			.assertNext((event) -> assertThat(event.id()).isEqualTo(Long.toString(now + 1)))
			.thenCancel()
			.verify(PATIENCE);
	}

	@Test
	void waitsWhenTheWatcherHasTheCurrentCatalog() {
		long now = service().revision();
		StepVerifier.create(catalogs(Long.toString(now)))
			.then(this::write)
			.assertNext((event) -> assertThat(event.id()).isEqualTo(Long.toString(now + 1)))
			.thenCancel()
			.verify(PATIENCE);
	}

	@Test
	void sendsTheCurrentCatalogToAWatcherThatWasAway() {
		String seen = Long.toString(service().revision());
		write();
		write();
		long now = service().revision();
		for (String lastEventId : List.of(seen, "999999999", "not a number")) {
			StepVerifier.create(catalogs(lastEventId))
				.assertNext((event) -> assertThat(event.id()).isEqualTo(Long.toString(now)))
				.thenCancel()
				.verify(PATIENCE);
		}
	}

	@Test
	void keepsAnIdleStreamOpenWithHeartbeats() {
		StepVerifier
			.create(stream(Long.toString(service().revision())).filter((event) -> "heartbeat".equals(event.comment())))
			.expectNextCount(2)
			.thenCancel()
			.verify(PATIENCE);
	}

	@Test
	void tellsManyWatchersOfTheSameWrite() {
		String now = Long.toString(service().revision());
		Flux<String> all = Flux.range(0, 50).flatMap((i) -> catalogs(now).next().mapNotNull(ServerSentEvent::id), 50);
		String next = Long.toString(Long.parseLong(now) + 1);
		StepVerifier.create(all.collectList())
			.then(this::write)
			.assertNext((ids) -> assertThat(ids).hasSize(50).containsOnly(next))
			.expectComplete()
			.verify(PATIENCE);
	}

	private void write() {
		String module = name("watched");
		administrator().publish(module, "1.0.0", Bundles.of(module, "1.0.0", "partners")).expectStatus().isCreated();
	}

	private Flux<ServerSentEvent<String>> catalogs(String lastEventId) {
		return stream(lastEventId).filter((event) -> event.data() != null);
	}

	private Flux<ServerSentEvent<String>> stream(String lastEventId) {
		return WebClient.create("http://localhost:" + this.port)
			.get()
			.uri("/registry/v1/catalog/watch")
			.headers((headers) -> {
				headers.setBearerAuth(RegistryClient.SERVICE_TOKEN);
				if (lastEventId != null) {
					headers.set("Last-Event-ID", lastEventId);
				}
			})
			.retrieve()
			.bodyToFlux(new ParameterizedTypeReference<ServerSentEvent<String>>() {
			});
	}

}
