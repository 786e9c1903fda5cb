package dev.pergola.registry;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import dev.pergola.manifests.catalog.Catalog;
import dev.pergola.manifests.catalog.CatalogChange;
import dev.pergola.manifests.catalog.CatalogJson;
import dev.pergola.registry.testing.Bundles;
import dev.pergola.registry.testing.CatalogStream;
import dev.pergola.registry.testing.RegistryClient;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientResponseException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What watchers hear, on every database.
 */
@Tag("registry-16")
public abstract class WatchContract extends RegistryContract {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final int WATCHERS = 1000;

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

	@Test
	void sendsTheWholeFirstAndThenWhatEachWriteChanged() {
		long now = service().revision();
		AtomicReference<Catalog> catalog = new AtomicReference<>();
		StepVerifier.create(new CatalogStream(this.port).changes(null)).assertNext((event) -> {
			assertThat(event.event()).isEqualTo("catalog");
			catalog.set(CatalogJson.read(bytes(event)).catalog());
		})
			.then(this::write)
			.then(this::write)
			.then(() -> administrator().issueToken("partners", "{}"))
			.thenConsumeWhile((event) -> {
				assertThat(event.event()).isEqualTo("change");
				CatalogChange change = CatalogJson.readChange(bytes(event)).change();
				assertThat(change.modules()).hasSizeLessThanOrEqualTo(2);
				assertThat(event.id()).isEqualTo(Long.toString(change.revision()));
				catalog.set(change.applyTo(catalog.get()).orElseThrow());
				return catalog.get().revision() < now + 3;
			})
			.thenCancel()
			.verify(PATIENCE);
		assertThat(catalog.get()).isEqualTo(currentCatalog());
	}

	@Test
	void resumesWithoutAGapWhereTheNodeStillKnowsWhatWasMissed() {
		Catalog before = currentCatalog();
		for (int i = 0; i < 5; i++) {
			write();
		}
		Catalog now = currentCatalog();
		AtomicReference<Catalog> catalog = new AtomicReference<>(before);
		StepVerifier
			.create(new CatalogStream(this.port).changes(Long.toString(before.revision()))
				.map((event) -> CatalogJson.readChange(bytes(event)).change())
				.doOnNext((change) -> catalog.set(change.applyTo(catalog.get()).orElseThrow()))
				.takeUntil((change) -> change.revision() == now.revision()))
			.thenConsumeWhile((change) -> true)
			.verifyComplete();
		assertThat(catalog.get()).isEqualTo(now);
	}

	@Test
	void sendsTheWholeToAWatcherThatWasAwayForLonger() {
		String seen = Long.toString(service().revision());
		for (int i = 0; i < 12; i++) {
			write();
			service().revision();
		}
		String now = Long.toString(service().revision());
		StepVerifier.create(new CatalogStream(this.port).changes(seen)).assertNext((event) -> {
			assertThat(event.event()).isEqualTo("catalog");
			assertThat(event.id()).isEqualTo(now);
		}).thenCancel().verify(PATIENCE);
	}

	/** 1,000 watchers hear each write once and in order, and cost next to nothing. */
	@Test
	@Tag("registry-17")
	void tellsAThousandWatchersOfEveryWriteWithFlatMemory() throws Exception {
		long now = service().revision();
		CatalogStream stream = new CatalogStream(this.port);
		CountDownLatch connected = new CountDownLatch(WATCHERS);
		CountDownLatch done = new CountDownLatch(WATCHERS);
		AtomicInteger gaps = new AtomicInteger();
		AtomicLong reached = new AtomicLong();
		Disposable watching = Flux.range(0, WATCHERS).flatMap((i) -> {
			AtomicLong seen = new AtomicLong(now);
			AtomicBoolean greeted = new AtomicBoolean();
			return stream.all(true, Long.toString(now)).doOnNext((event) -> {
				if (greeted.compareAndSet(false, true)) {
					connected.countDown();
				}
				if (event.data() != null) {
					CatalogChange change = CatalogJson.readChange(bytes(event)).change();
					if (change.from() != seen.getAndSet(change.revision())) {
						gaps.incrementAndGet();
					}
					if (change.revision() == now + 10) {
						reached.incrementAndGet();
						done.countDown();
					}
				}
			});
		}, WATCHERS).subscribe();
		try {
			assertThat(connected.await(180, TimeUnit.SECONDS)).isTrue();
			long before = usedBytes();
			for (int i = 0; i < 10; i++) {
				write();
			}
			assertThat(done.await(180, TimeUnit.SECONDS)).as("watchers that heard all: %s", reached).isTrue();
			assertThat(gaps).hasValue(0);
			assertThat(usedBytes() - before).isLessThan(48L * 1024 * 1024);
			refusesOneTooMany(stream);
		}
		finally {
			watching.dispose();
		}
	}

	private void refusesOneTooMany(CatalogStream stream) {
		Flux<ServerSentEvent<String>> more = Flux.range(0, 20).flatMap((i) -> stream.all(true, null), 20);
		StepVerifier.create(more.filter((event) -> false))
			.expectErrorSatisfies((failure) -> assertThat(failure)
				.isInstanceOfSatisfying(WebClientResponseException.class, (response) -> {
					assertThat(response.getStatusCode().value()).isEqualTo(503);
					assertThat(response.getHeaders().getFirst("Retry-After")).isEqualTo("5");
					assertThat(response.getResponseBodyAsString()).contains("/problems/too-many-watchers");
				}))
			.verify(PATIENCE);
	}

	private static long usedBytes() {
		System.gc();
		MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
		return heap.getUsed();
	}

	private Catalog currentCatalog() {
		byte[] json = service().get("/catalog").expectBody().returnResult().getResponseBodyContent();
		return CatalogJson.read(json).catalog();
	}

	private static byte[] bytes(ServerSentEvent<String> event) {
		return String.valueOf(event.data()).getBytes(StandardCharsets.UTF_8);
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
