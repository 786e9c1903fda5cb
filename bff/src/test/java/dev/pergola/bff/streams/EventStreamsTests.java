package dev.pergola.bff.streams;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import dev.pergola.bff.observe.StreamAbortedException;
import dev.pergola.bff.problem.BffException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;

import static org.assertj.core.api.Assertions.assertThat;

class EventStreamsTests {

	private static final StreamProperties PROPERTIES = new StreamProperties(Duration.ofSeconds(15),
			Duration.ofMinutes(30), Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(30), 2, 100, 100);

	private final AtomicBoolean alive = new AtomicBoolean(true);

	private final AtomicInteger closed = new AtomicInteger();

	private final Sinks.Empty<Void> signedOut = Sinks.empty();

	private final TestSession session = new TestSession(Mono.fromSupplier(this.alive::get), this.signedOut.asMono());

	private final EventStreams streams = new EventStreams(PROPERTIES, this.session.probe());

	@Test
	@Tag("S1")
	void opensWithACommentAtOnce() {
		StepVerifier.create(text(Flux.never(), Ending.ABORT)).expectNext(": pergola\n\n").thenCancel().verify();
	}

	@Test
	@Tag("S2")
	void keepsAnIdleStreamOpenWithComments() {
		StepVerifier.withVirtualTime(() -> text(Flux.never(), Ending.ABORT))
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
				text(Flux.never(), Ending.ABORT).skip(1)
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
		StepVerifier.create(text(Flux.just("data: 1\n\n", "data: 2\n\n"), Ending.ABORT))
			.expectNext(": pergola\n\n", "data: 1\n\n", "data: 2\n\n")
			.verifyComplete();
	}

	@Test
	void failsWithItsContentAfterWhatItSaid() {
		Flux<String> broken = Flux.just("data: 1\n\n").concatWith(Flux.error(new IllegalStateException("broken")));
		StepVerifier.create(text(broken, Ending.HAND_OVER))
			.expectNextCount(1)
			.expectNext("data: 1\n\n")
			.verifyErrorMessage("broken");
	}

	@Test
	void takesNoMoreOfItsContentThanTheClientTakes() {
		AtomicLong taken = new AtomicLong();
		Flux<String> endless = Flux.<String>generate((sink) -> sink.next("data: 1\n\n"))
			.doOnNext((frame) -> taken.incrementAndGet());
		StepVerifier.create(text(endless, Ending.ABORT), 3)
			.expectNextCount(3)
			.then(() -> assertThat(taken).hasValue(3))
			.thenRequest(2)
			.expectNextCount(2)
			.then(() -> assertThat(taken).hasValueLessThanOrEqualTo(6))
			.thenCancel()
			.verify();
	}

	@Test
	void saysTheSameToAServerThatTakesFramesByItself() {
		List<String> all = IntStream.range(0, 5000).mapToObj((number) -> "data: " + number + "\n\n").toList();
		Flux<String> content = Flux.fromIterable(all);
		StepVerifier.create(text(content, Ending.ABORT).publishOn(Schedulers.single()).skip(1))
			.expectNextSequence(all)
			.verifyComplete();
		Flux<String> cut = content.concatWith(Flux.never());
		StepVerifier.create(text(cut, Ending.HAND_OVER).publishOn(Schedulers.single()).skip(1))
			.expectNextSequence(all)
			.then(this.signedOut::tryEmitEmpty)
			.expectNextMatches((frame) -> frame.startsWith("retry: "))
			.verifyComplete();
		StepVerifier.create(text(cut, Ending.ABORT).publishOn(Schedulers.single()))
			.thenConsumeWhile((frame) -> true)
			.verifyError(StreamAbortedException.class);
	}

	// What the web server flushes by: not after each of many, and not later than the
	// last.
	@Test
	@Tag("S1")
	void knowsWhetherThereIsMoreToSayRightNow() {
		CursorLog<byte[]> log = CursorLog.ofBytes(1, new CursorLog.Bounds(100, 1000, 100));
		List.of("a", "b").forEach((text) -> log.append(bytes(text), 1));
		StreamContent<LogEntry<byte[]>> content = new StreamContent<>() {

			private long last;

			@Override
			public Flux<LogEntry<byte[]>> items() {
				return log.after(null);
			}

			@Override
			public byte[] frame(LogEntry<byte[]> item) {
				this.last = item.id().sequence();
				return item.value();
			}

			@Override
			public boolean hasMore() {
				return this.last < log.last();
			}

		};
		OpenStream<LogEntry<byte[]>, String> stream = this.streams.open(content, new Watcher("ada", Ending.ABORT),
				this.session, EventStreamsTests::text, this.closed::incrementAndGet);
		List<String> said = new ArrayList<>();
		stream.frames().subscribe((frame) -> said.add(frame.strip() + (stream.hasMore() ? ", more" : "")));
		log.append(bytes("c"), 1);
		assertThat(said).containsExactly(": pergola, more", "a, more", "b", "c");
	}

	@Test
	@Tag("S4")
	@Tag("S8")
	void asksToComeBackWhenItIsOld() {
		StepVerifier
			.withVirtualTime(() -> text(Flux.never(), Ending.HAND_OVER).filter((frame) -> !frame.equals(":\n\n")))
			.expectNextMatches((frame) -> frame.matches(": pergola\n\nretry: [1-3]\\d{3}\n\n"))
			.expectNoEvent(Duration.ofMinutes(26))
			.thenAwait(Duration.ofMinutes(8))
			.expectNextMatches((frame) -> frame.matches("retry: [1-3]\\d{3}\n\n"))
			.verifyComplete();
	}

	@Test
	@Tag("S4")
	void cutsAStreamThatMustNotLookFinished() {
		StepVerifier.create(text(Flux.never(), Ending.ABORT))
			.expectNext(": pergola\n\n")
			.then(this.signedOut::tryEmitEmpty)
			.verifyError(StreamAbortedException.class);
	}

	@Test
	@Tag("S6")
	void saysThatTheSessionIsOverUnderTheLastItemItGave() {
		List<String> given = new ArrayList<>();
		StreamContent<String> content = new StreamContent<>() {

			@Override
			public Flux<String> items() {
				return Flux.just("a", "b", "c").concatWith(Flux.never());
			}

			@Override
			public byte[] frame(String item) {
				given.add(item);
				return bytes(item);
			}

			@Override
			public byte[] signedOut() {
				return bytes("signed out after " + given.getLast());
			}

		};
		StepVerifier.create(frames(content, Ending.HAND_OVER), 3)
			.expectNextCount(1)
			.expectNext("a", "b")
			.then(this.signedOut::tryEmitEmpty)
			.thenRequest(10)
			.expectNext("c", "signed out after c")
			.expectNextMatches((frame) -> frame.startsWith("retry: "))
			.verifyComplete();
	}

	@Test
	@Tag("S2")
	@Tag("S6")
	void closesTheConnectionOfAClientThatDoesNotTakeTheEnd() {
		VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();
		try {
			// Asks for the opening and no more, as a web server does whose client is
			// stuck.
			BaseSubscriber<String> client = new BaseSubscriber<>() {

				@Override
				protected void hookOnSubscribe(Subscription subscription) {
					request(1);
				}

			};
			text(Flux.just("data: 1\n\n").concatWith(Flux.never()), Ending.HAND_OVER).subscribe(client);
			time.advanceTimeBy(Duration.ofSeconds(60));
			assertThat(this.closed).as("before its end").hasValue(0);
			this.signedOut.tryEmitEmpty();
			time.advanceTimeBy(Duration.ofSeconds(29));
			assertThat(this.closed).as("while it may still take it").hasValue(0);
			time.advanceTimeBy(Duration.ofSeconds(2));
			assertThat(this.closed).hasValue(1);
			time.advanceTimeBy(Duration.ofSeconds(60));
			assertThat(this.closed).as("once").hasValue(1);
		}
		finally {
			VirtualTimeScheduler.reset();
		}
	}

	@Test
	void answersAQuestionForHeadersAloneAtOnce() {
		MockServerWebExchange exchange = MockServerWebExchange.from(MockServerHttpRequest.head("/events"));
		this.streams.write(exchange, new Watcher("ada", Ending.HAND_OVER), StreamContent.of(Flux.never()))
			.block(Duration.ofSeconds(5));
		assertThat(exchange.getResponse().getHeaders().getContentType()).hasToString("text/event-stream");
		assertThat(this.streams.open()).isZero();
	}

	@Test
	void keepsNoPlaceForAStreamThatCannotBegin() {
		MockServerWebExchange exchange = MockServerWebExchange.from(MockServerHttpRequest.get("/events"));
		exchange.getResponse().setComplete().block();
		StepVerifier
			.create(this.streams.write(exchange, new Watcher("ada", Ending.ABORT), StreamContent.of(Flux.never())))
			.verifyError(UnsupportedOperationException.class);
		assertThat(this.streams.open()).isZero();
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
		return this.streams.write(exchange, new Watcher(person, ending), StreamContent.of(Flux.never()));
	}

	private Flux<String> text(Flux<String> frames, Ending ending) {
		return frames(StreamContent.of(frames.map(EventStreamsTests::bytes)), ending);
	}

	private <T> Flux<String> frames(StreamContent<T> content, Ending ending) {
		return Flux.defer(
				() -> this.streams
					.open(content, new Watcher("ada", ending), this.session, EventStreamsTests::text,
							this.closed::incrementAndGet)
					.frames());
	}

	private static String text(byte[] frame) {
		return new String(frame, StandardCharsets.UTF_8);
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
