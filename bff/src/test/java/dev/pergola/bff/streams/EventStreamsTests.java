package dev.pergola.bff.streams;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.pergola.bff.problem.BffException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.server.ServerWebExchange;

import static org.assertj.core.api.Assertions.assertThat;

class EventStreamsTests {

	private static final StreamProperties PROPERTIES = new StreamProperties(Duration.ofSeconds(15),
			Duration.ofMinutes(30), Duration.ofSeconds(2), Duration.ofSeconds(4), 2, 100, 100);

	private final AtomicBoolean alive = new AtomicBoolean(true);

	private final Sinks.Empty<Void> signedOut = Sinks.empty();

	private final EventStreams streams = new EventStreams(PROPERTIES, new SessionProbe() {

		@Override
		public Mono<Boolean> isAlive(ServerWebExchange exchange) {
			return Mono.just(EventStreamsTests.this.alive.get());
		}

		@Override
		public Mono<Void> ended(ServerWebExchange exchange) {
			return EventStreamsTests.this.signedOut.asMono();
		}

	});

	@Test
	@Tag("S1")
	void opensWithACommentAtOnce() {
		StepVerifier.create(text(this.streams.body(Flux.never(), Flux.never(), Ending.ABORT)))
			.expectNext(": pergola\n\n")
			.thenCancel()
			.verify();
	}

	@Test
	@Tag("S2")
	void keepsAnIdleStreamOpenWithComments() {
		StepVerifier.withVirtualTime(() -> text(this.streams.body(Flux.never(), Flux.never(), Ending.ABORT)))
			.expectNext(": pergola\n\n")
			.thenAwait(Duration.ofSeconds(17))
			.expectNext(":\n\n")
			.thenAwait(Duration.ofSeconds(17))
			.expectNext(":\n\n")
			.thenCancel()
			.verify();
	}

	@Test
	@Tag("S2")
	void doesNotLetAllStreamsBeatAtOnce() {
		Set<Long> beats = new HashSet<>();
		VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();
		try {
			for (int i = 0; i < 30; i++) {
				this.streams.body(Flux.never(), Flux.never(), Ending.ABORT)
					.skip(1)
					.next()
					.subscribe((beat) -> beats.add(time.now(TimeUnit.MILLISECONDS)));
			}
			for (int i = 0; i < 170; i++) {
				time.advanceTimeBy(Duration.ofMillis(100));
			}
		}
		finally {
			VirtualTimeScheduler.reset();
		}
		assertThat(beats).hasSizeGreaterThan(10).allSatisfy((at) -> assertThat(at).isBetween(13_400L, 16_600L));
	}

	@Test
	void endsWithItsContent() {
		StepVerifier.create(text(this.streams.body(Flux.just(bytes("data: 1\n\n")), Flux.never(), Ending.ABORT)))
			.expectNext(": pergola\n\n", "data: 1\n\n")
			.verifyComplete();
	}

	@Test
	@Tag("S4")
	@Tag("S8")
	void asksToComeBackWhenItHasToEndEarly() {
		List<String> frames = text(this.streams.body(Flux.never(),
				Mono.delay(Duration.ofMillis(10)).thenMany(Flux.empty()), Ending.HAND_OVER))
			.collectList()
			.block(Duration.ofSeconds(5));
		assertThat(frames).hasSize(3).last().asString().matches("retry: [1-3]\\d{3}\n\n");
	}

	@Test
	@Tag("S4")
	void cutsAStreamThatMustNotLookFinished() {
		StepVerifier.create(text(this.streams.body(Flux.never(), Flux.empty(), Ending.ABORT)))
			.expectNext(": pergola\n\n")
			.verifyError(StreamAbortedException.class);
	}

	@Test
	@Tag("S6")
	void endsSoonAfterTheSession() {
		StepVerifier.withVirtualTime(() -> write("ada", Ending.HAND_OVER))
			.expectSubscription()
			.expectNoEvent(Duration.ofSeconds(9))
			.then(() -> this.alive.set(false))
			.thenAwait(Duration.ofSeconds(5))
			.verifyComplete();
	}

	@Test
	@Tag("S6")
	void endsAtOnceWhenItHearsOfTheSignOut() {
		StepVerifier.create(write("ada", Ending.HAND_OVER))
			.expectSubscription()
			.then(this.signedOut::tryEmitEmpty)
			.expectComplete()
			.verify(Duration.ofSeconds(2));
	}

	@Test
	@Tag("S12")
	void endsAtShutdown() {
		StepVerifier.create(write("ada", Ending.HAND_OVER))
			.expectSubscription()
			.then(() -> this.streams.onApplicationEvent(null))
			.expectComplete()
			.verify(Duration.ofSeconds(5));
	}

	@Test
	@Tag("S8")
	void refusesMoreThanOnePersonMayHold() {
		var first = write("ada", Ending.ABORT).subscribe();
		var second = write("ada", Ending.ABORT).subscribe();
		StepVerifier.create(write("ada", Ending.ABORT)).verifyError(BffException.class);
		var other = write("grace", Ending.ABORT).subscribe();
		assertThat(this.streams.open()).isEqualTo(3);
		first.dispose();
		var third = write("ada", Ending.ABORT).subscribe();
		assertThat(this.streams.open()).isEqualTo(3);
		List.of(second, other, third).forEach(reactor.core.Disposable::dispose);
		assertThat(this.streams.open()).isZero();
	}

	private Mono<Void> write(String person, Ending ending) {
		MockServerWebExchange exchange = MockServerWebExchange.from(MockServerHttpRequest.get("/events"));
		exchange.getResponse().setWriteHandler((body) -> body.then());
		return this.streams.write(exchange, new Watcher(person, ending), Flux.never());
	}

	private static Flux<String> text(Flux<byte[]> frames) {
		return frames.map((frame) -> new String(frame, StandardCharsets.UTF_8));
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
