package dev.pergola.bff.agents;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Ends streams on which nothing comes. Other than {@link Flux#timeout(Duration)} does, no
 * timer is set and taken back for each of thousands of pieces a second: one looks, when
 * the time may be over, how long ago the last came.
 */
final class Silence {

	private Silence() {
	}

	/**
	 * The same pieces.
	 * @return fails with {@link TimeoutException} when none comes for so long
	 */
	static <T> Flux<T> limit(Flux<T> pieces, Duration longest) {
		return Flux.defer(() -> {
			Scheduler clock = Schedulers.parallel();
			Last last = new Last(clock);
			return pieces.doOnNext((piece) -> last.at = clock.now(TimeUnit.NANOSECONDS))
				.takeUntilOther(last.silence(longest.toNanos()));
		});
	}

	/** When the last piece came. */
	private static final class Last {

		private final Scheduler clock;

		private volatile long at;

		Last(Scheduler clock) {
			this.clock = clock;
			this.at = clock.now(TimeUnit.NANOSECONDS);
		}

		Mono<Void> silence(long longest) {
			return Mono.defer(() -> Mono.delay(Duration.ofNanos(Math.max(1, left(longest))), this.clock))
				.repeat(() -> left(longest) > 0)
				.then(Mono.error(() -> new TimeoutException(
						"nothing for %d ms".formatted(TimeUnit.NANOSECONDS.toMillis(longest)))));
		}

		private long left(long longest) {
			return this.at + longest - this.clock.now(TimeUnit.NANOSECONDS);
		}

	}

}
