package dev.pergola.bff.events;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.pergola.bff.TestBff;
import dev.pergola.bff.TestCatalog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.client.HttpClient;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

class EventsIntegrationTests {

	private static final String TOKEN = TestBff.token("ada");

	private final TestBff bff = TestBff.start("pergola.bff.streams.heartbeat=200ms",
			"pergola.bff.streams.max-per-person=2", "pergola.bff.streams.session-check=100ms");

	@AfterEach
	void stop() {
		this.bff.close();
	}

	@Test
	void tellsHowThingsAreAndThenWhatChanges() {
		this.bff.catalog().put(TestCatalog.module("deals", "http://localhost:1"));
		StepVerifier.create(events("catalog", null, TOKEN))
			.assertNext((event) -> assertThat(event).matches(
					"(?s)id: [0-9a-f-]+\ndata: \\{\"id\":\"[0-9a-f-]+\",\"topic\":\"catalog\",\"type\":\"catalog.changed\",\"at\":\"[^\"]+\",\"ref\":\\{\"revision\":1}}"))
			.then(() -> this.bff.catalog().put())
			.assertNext((event) -> assertThat(event).contains("\"revision\":2"))
			.thenCancel()
			.verify(Duration.ofSeconds(20));
	}

	@Test
	void goesOnAfterTheLastEventId() {
		this.bff.catalog().put();
		String first = events("catalog", null, TOKEN).blockFirst(Duration.ofSeconds(20));
		String id = first.substring(4, first.indexOf('\n'));
		this.bff.catalog().put();
		events("catalog", null, TOKEN).filter((event) -> event.contains("\"revision\":2"))
			.blockFirst(Duration.ofSeconds(20));
		StepVerifier.create(events("catalog", id, TOKEN))
			.assertNext((event) -> assertThat(event).contains("\"revision\":2"))
			.thenCancel()
			.verify(Duration.ofSeconds(20));
	}

	@Test
	void saysWhenItNoLongerKnowsWhatChangedSince() {
		this.bff.catalog().put();
		events("catalog", null, TOKEN).blockFirst(Duration.ofSeconds(20));
		StepVerifier.create(events("catalog", "000000000001-0000000001", TOKEN))
			.assertNext((event) -> assertThat(event).startsWith("event: resync\n"))
			.assertNext((event) -> assertThat(event).contains("catalog.changed"))
			.thenCancel()
			.verify(Duration.ofSeconds(20));
	}

	@Test
	void keepsTopicsOfOthersToItself() {
		this.bff.catalog().put();
		events("catalog", null, TOKEN).blockFirst(Duration.ofSeconds(20));
		assertThat(raw("tenant/acme/deals", null, TOKEN).filter((text) -> text.contains("data:"))
			.take(Duration.ofMillis(700))
			.collectList()
			.block(Duration.ofSeconds(20))).isEmpty();
	}

	@Test
	void keepsAnIdleStreamOpenWithComments() {
		assertThat(raw("catalog", null, TOKEN).filter((text) -> text.contains(":\n\n"))
			.take(2)
			.collectList()
			.block(Duration.ofSeconds(20))).hasSize(2);
	}

	@Test
	void asksForATopicAndForASession() {
		assertThat(this.bff.get("/.well-known/mercure", TOKEN).body()).contains("/problems/topic-missing");
		assertThat(this.bff.get("/.well-known/mercure?topic=catalog", null).statusCode()).isEqualTo(401);
	}

	@Test
	void refusesMoreStreamsThanOnePersonMayHold() {
		var first = raw("catalog", null, TOKEN).subscribe();
		var second = raw("catalog", null, TOKEN).subscribe();
		Flux.interval(Duration.ofMillis(20), Schedulers.boundedElastic())
			.takeUntil((tick) -> this.bff.context().getBean(dev.pergola.bff.streams.EventStreams.class).open() == 2)
			.blockLast(Duration.ofSeconds(20));
		assertThat(this.bff.get("/.well-known/mercure?topic=catalog", TOKEN).statusCode()).isEqualTo(429);
		List.of(first, second).forEach(reactor.core.Disposable::dispose);
	}

	@Test
	void endsWhenTheAccessTokenHasExpired() {
		// Spring Security itself takes a token for a minute longer; the stream does not.
		String expired = TestBff.token("ada", Instant.now().minusSeconds(5));
		assertThat(raw("catalog", null, expired).collectList().block(Duration.ofSeconds(20)).getLast())
			.contains("retry: ");
	}

	@Test
	void handsStreamsOverAtShutdown() throws InterruptedException {
		CountDownLatch open = new CountDownLatch(1);
		CountDownLatch over = new CountDownLatch(1);
		raw("catalog", null, TOKEN).doOnNext((text) -> open.countDown()).doOnComplete(over::countDown).subscribe();
		assertThat(open.await(20, TimeUnit.SECONDS)).isTrue();
		long begin = System.nanoTime();
		this.bff.close();
		assertThat(over.await(5, TimeUnit.SECONDS)).isTrue();
		assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(8));
	}

	private Flux<String> events(String topic, String lastEventId, String token) {
		return raw(topic, lastEventId, token).concatMapIterable((text) -> List.of(text.split("\n\n")))
			.filter((frame) -> frame.contains("data:"));
	}

	private Flux<String> raw(String topic, String lastEventId, String token) {
		return HttpClient.newConnection().headers((headers) -> {
			headers.set("Authorization", "Bearer " + token);
			if (lastEventId != null) {
				headers.set("Last-Event-ID", lastEventId);
			}
		})
			.get()
			.uri("http://localhost:" + this.bff.port() + "/.well-known/mercure?topic=" + topic)
			.responseContent()
			.asString();
	}

}
