package dev.pergola.bff.streams;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class CursorLogTests {

	private static final CursorLog.Bounds WIDE = new CursorLog.Bounds(1000, 1_000_000, 1000);

	@Test
	void replaysWhatIsThereAndGoesOnWithWhatComes() {
		CursorLog<String> log = log(WIDE, "a", "b");
		StepVerifier.create(log.after(null).map(LogEntry::value))
			.expectNext("a", "b")
			.then(() -> log.append("c", 1))
			.expectNext("c")
			.then(log::close)
			.verifyComplete();
	}

	@Test
	void readsStrictlyAfterTheCursor() {
		CursorLog<String> log = log(WIDE, "a", "b", "c");
		log.close();
		StepVerifier.create(log.after(new EventId(7, 2)).map(LogEntry::value)).expectNext("c").verifyComplete();
	}

	@Test
	void completesAtOnceAtTheEndOfAClosedLog() {
		CursorLog<String> log = log(WIDE, "a");
		log.close();
		StepVerifier.create(log.after(log.head())).verifyComplete();
		assertThat(log.readers()).isZero();
	}

	@Test
	void takesNothingAfterTheEnd() {
		CursorLog<String> log = log(WIDE, "a");
		log.close();
		assertThatIllegalStateException().isThrownBy(() -> log.append("b", 1));
	}

	@Test
	void givesOnlyWhatIsAskedFor() {
		CursorLog<String> log = log(WIDE, "a", "b", "c");
		StepVerifier.create(log.after(null).map(LogEntry::value), 1)
			.expectNext("a")
			.thenRequest(1)
			.expectNext("b")
			.thenCancel()
			.verify();
		assertThat(log.readers()).isZero();
	}

	@Test
	void coversOnlyItsOwnPlaces() {
		CursorLog<String> log = log(WIDE, "a", "b");
		assertThat(log.covers(new EventId(7, 0))).isTrue();
		assertThat(log.covers(new EventId(7, 2))).isTrue();
		assertThat(log.covers(new EventId(7, 3))).isFalse();
		assertThat(log.covers(new EventId(8, 1))).isFalse();
	}

	@Test
	void forgetsTheOldestBeyondItsBounds() {
		CursorLog<String> log = new CursorLog<>(7, new CursorLog.Bounds(1000, 50, 1000));
		for (int i = 0; i < 500; i++) {
			log.append("entry", 10);
		}
		assertThat(log.size()).isEqualTo(5);
		assertThat(log.bytes()).isEqualTo(50);
		assertThat(log.covers(new EventId(7, 495))).isTrue();
		assertThat(log.covers(new EventId(7, 494))).isFalse();
		log.close();
		assertThat(log.after(new EventId(7, 495)).map((entry) -> entry.id().sequence()).collectList().block())
			.containsExactly(496L, 497L, 498L, 499L, 500L);
	}

	@Test
	void letsGoOfAViewerThatTakesNothing() {
		CursorLog<String> log = new CursorLog<>(7, new CursorLog.Bounds(1000, 1000, 10));
		StepVerifier.create(log.after(null), 1)
			.then(() -> log.append("first", 1))
			.expectNextCount(1)
			.then(() -> append(log, 12))
			.verifyError(SlowViewerException.class);
		assertThat(log.readers()).isZero();
	}

	@Test
	void keepsAViewerThatIsSlowButMoves() {
		CursorLog<Integer> log = new CursorLog<>(7, new CursorLog.Bounds(1000, 1000, 10));
		List<Integer> seen = new ArrayList<>();
		BaseSubscriber<LogEntry<Integer>> slow = new BaseSubscriber<>() {
			@Override
			protected void hookOnSubscribe(Subscription subscription) {
				subscription.request(1);
			}

			@Override
			protected void hookOnNext(LogEntry<Integer> entry) {
				seen.add(entry.value());
			}
		};
		log.after(null).subscribe(slow);
		for (int i = 0; i < 300; i++) {
			log.append(i, 1);
			if (i % 8 == 0) {
				slow.request(1);
			}
		}
		assertThat(slow.isDisposed()).isFalse();
		slow.requestUnbounded();
		assertThat(seen).hasSize(300).isSorted();
	}

	@Test
	void goesOnUnderAnotherWriterWithPlacesOfBoth() {
		CursorLog<String> log = log(WIDE, "a", "b");
		log.beginEpoch(9);
		EventId third = log.append("c", 1);
		assertThat(third).isEqualTo(new EventId(9, 3));
		assertThat(log.covers(new EventId(7, 2))).isTrue();
		assertThat(log.covers(new EventId(7, 3))).as("lost with the writer before").isFalse();
		assertThat(log.covers(third)).isTrue();
		assertThat(log.hasEpoch(7)).isTrue();
		assertThat(log.hasEpoch(8)).isFalse();
		assertThat(log.epochs()).containsExactly(7L, 9L);
	}

	@Test
	void takesOverWhatAnotherLogHasAndNothingTwice() {
		CursorLog<String> log = new CursorLog<>(7, WIDE);
		assertThat(log.restore(new EventId(7, 1), "a", 1)).isTrue();
		assertThat(log.restore(new EventId(7, 1), "a", 1)).isFalse();
		assertThat(log.restore(new EventId(8, 2), "b", 1)).isTrue();
		assertThatIllegalArgumentException().isThrownBy(() -> log.restore(new EventId(8, 4), "d", 1));
		assertThat(log.head()).isEqualTo(new EventId(8, 2));
		assertThat(log.slice(0, 10, 10)).extracting(LogEntry::value).containsExactly("a", "b");
		assertThat(log.slice(0, 10, 1)).extracting(LogEntry::value).containsExactly("a");
	}

	@Test
	void knowsThatItsBeginningIsMissing() {
		CursorLog<String> log = new CursorLog<>(7, WIDE);
		log.restore(new EventId(7, 5), "e", 1);
		assertThat(log.isWhole()).isFalse();
		assertThat(log.covers(new EventId(7, 4))).isTrue();
		assertThat(log.covers(new EventId(7, 3))).isFalse();
		assertThat(log.start()).isEqualTo(new EventId(7, 4));
	}

	@Test
	void letsGoOfAViewerThatHasBeenBehindForTooLong() {
		CursorLog<String> log = log(WIDE, "a", "b", "c");
		StepVerifier.create(log.after(null), 1).expectNextCount(1).then(() -> {
			assertThat(log.cutSlow(TimeUnit.SECONDS.toNanos(1), Duration.ofSeconds(60))).isZero();
			assertThat(log.cutSlow(TimeUnit.SECONDS.toNanos(61), Duration.ofSeconds(60))).isZero();
			assertThat(log.cutSlow(TimeUnit.SECONDS.toNanos(62), Duration.ofSeconds(60))).isEqualTo(1);
		}).verifyError(SlowViewerException.class);
		assertThat(log.readers()).isZero();
	}

	@Test
	void keepsAViewerThatCatchesUpBetweenTheLooks() {
		CursorLog<String> log = log(WIDE, "a", "b");
		AtomicReference<Subscription> reader = new AtomicReference<>();
		log.after(null).subscribe(new BaseSubscriber<>() {
			@Override
			protected void hookOnSubscribe(Subscription subscription) {
				reader.set(subscription);
			}
		});
		for (int second = 1; second < 300; second++) {
			log.cutSlow(TimeUnit.SECONDS.toNanos(second), Duration.ofSeconds(60));
			if (second % 50 == 0) {
				reader.get().request(10);
				log.append("more", 1);
				log.append("more", 1);
				reader.get().request(1);
			}
		}
		assertThat(log.readers()).isEqualTo(1);
	}

	@Test
	void failsItsReadersWhenItIsGivenUp() {
		CursorLog<String> log = log(WIDE, "a");
		StepVerifier.create(log.after(null)).expectNextCount(1).then(log::abandon).verifyError(LogLostException.class);
	}

	@Test
	void givesWhatWaitsTogetherWhereItMay() {
		CursorLog<String> log = log(WIDE, "a", "b", "C", "d", "e");
		log.close();
		Folding<String> lowerCase = (first) -> Character.isUpperCase(first.charAt(0)) ? null : new Folding.Fold<>() {

			private String text = first;

			@Override
			public boolean add(String next) {
				if (Character.isUpperCase(next.charAt(0))) {
					return false;
				}
				this.text += next;
				return true;
			}

			@Override
			public String value() {
				return this.text;
			}

		};
		assertThat(
				log.after(null, lowerCase).map((entry) -> entry.id().sequence() + entry.value()).collectList().block())
			.containsExactly("2ab", "3C", "5de");
	}

	@Test
	void losesNothingWhenManyReadWhileOneWrites() throws InterruptedException {
		CursorLog<Integer> log = new CursorLog<>(7, new CursorLog.Bounds(100_000, 1_000_000, 100_000));
		int viewers = 8;
		CountDownLatch done = new CountDownLatch(viewers);
		List<List<Integer>> all = new ArrayList<>();
		List<Thread> readers = new ArrayList<>();
		for (int v = 0; v < viewers; v++) {
			List<Integer> seen = new CopyOnWriteArrayList<>();
			all.add(seen);
			readers.add(Thread.ofVirtual()
				.start(() -> log.after(null).map(LogEntry::value).subscribe(seen::add, null, done::countDown)));
		}
		for (int i = 0; i < 2000; i++) {
			log.append(i, 1);
		}
		log.close();
		assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
		assertThat(all).allSatisfy((seen) -> assertThat(seen).hasSize(2000).isSorted());
	}

	private static void append(CursorLog<String> log, int count) {
		for (int i = 0; i < count; i++) {
			log.append("more", 1);
		}
	}

	private static CursorLog<String> log(CursorLog.Bounds bounds, String... values) {
		CursorLog<String> log = new CursorLog<>(7, bounds);
		for (String value : values) {
			log.append(value, value.length());
		}
		return log;
	}

}
