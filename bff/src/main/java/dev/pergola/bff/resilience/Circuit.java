package dev.pergola.bff.resilience;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowSynchronizationStrategy;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import org.jspecify.annotations.Nullable;

/**
 * The circuit of one upstream: open while it fails so often that calls are of no use.
 */
final class Circuit {

	/** What the library wants to be told; it only counts. */
	private static final Throwable FAILED = new RuntimeException("failed", null, false, false) {
	};

	private final CircuitBreaker breaker;

	private final Clock clock;

	private final Duration openFor;

	private volatile State seen = State.CLOSED;

	private volatile @Nullable Instant openSince;

	private volatile @Nullable Instant openedAt;

	Circuit(ResilienceProperties.Circuit settings, Clock clock) {
		this.clock = clock;
		this.openFor = settings.openFor();
		this.breaker = CircuitBreaker.of("upstream",
				CircuitBreakerConfig.custom()
					.failureRateThreshold(settings.failureRate())
					.slidingWindow(Math.toIntExact(settings.window().toSeconds()), settings.minCalls(),
							SlidingWindowType.TIME_BASED, SlidingWindowSynchronizationStrategy.LOCK_FREE)
					.waitDurationInOpenState(settings.openFor())
					.permittedNumberOfCallsInHalfOpenState(settings.trialCalls())
					.clock(clock)
					.build());
	}

	/** Whether a call may be made; it then has to be told how that ended. */
	boolean tryEnter() {
		boolean entered = this.breaker.tryAcquirePermission();
		if (this.seen != State.CLOSED) {
			// That time is over is found out by whoever asks first.
			look();
		}
		return entered;
	}

	/** Whether calls decide at the moment if it closes. */
	boolean isOnTrial() {
		return this.breaker.getState() == State.HALF_OPEN;
	}

	boolean isClosed() {
		return this.breaker.getState() == State.CLOSED;
	}

	/**
	 * A call went well.
	 * @param trial whether it was made to decide; others do not
	 */
	void succeeded(boolean trial) {
		if (trial || !isOnTrial()) {
			this.breaker.onSuccess(0, TimeUnit.NANOSECONDS);
			look();
		}
	}

	/**
	 * A call failed.
	 * @param trial whether it was made to decide; others do not
	 * @return whether the circuit is open now and was not before
	 */
	boolean failed(boolean trial) {
		if (!trial && isOnTrial()) {
			return false;
		}
		this.breaker.onError(0, TimeUnit.NANOSECONDS, FAILED);
		return look();
	}

	/** A call ended without saying anything of the upstream. */
	void forgotten(boolean trial) {
		if (trial) {
			this.breaker.releasePermission();
		}
	}

	/** Name of the state: {@code closed}, {@code half-open} or {@code open}. */
	String state() {
		return switch (this.breaker.getState()) {
			case OPEN, FORCED_OPEN -> "open";
			case HALF_OPEN -> "half-open";
			case CLOSED, DISABLED, METRICS_ONLY -> "closed";
		};
	}

	/** Since when it has not been closed, {@code null} when it is. */
	@Nullable Instant openSince() {
		return this.openSince;
	}

	/**
	 * When the next call is made to try it, {@code null} when it is not open; may be over
	 * where nobody has called since.
	 */
	@Nullable Instant openUntil() {
		Instant opened = this.openedAt;
		return (opened != null && state().equals("open")) ? opened.plus(this.openFor) : null;
	}

	/** Seconds until it makes sense to ask again, at least one. */
	int retryAfter() {
		Instant opened = this.openedAt;
		if (opened == null) {
			return 1;
		}
		long left = Duration.between(this.clock.instant(), opened.plus(this.openFor)).plusMillis(999).toSeconds();
		return (int) Math.clamp(left, 1, 3600);
	}

	private boolean look() {
		return this.breaker.getState() != this.seen && changed();
	}

	private synchronized boolean changed() {
		State now = this.breaker.getState();
		if (now == this.seen) {
			return false;
		}
		this.seen = now;
		if (now == State.CLOSED) {
			this.openSince = null;
			this.openedAt = null;
		}
		else if (now == State.OPEN) {
			Instant time = this.clock.instant();
			this.openSince = (this.openSince != null) ? this.openSince : time;
			this.openedAt = time;
		}
		return now == State.OPEN;
	}

}
