package dev.pergola.bff.resilience;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

import com.netflix.concurrency.limits.Limit;
import com.netflix.concurrency.limits.limit.FixedLimit;
import com.netflix.concurrency.limits.limit.Gradient2Limit;

/**
 * Calls in flight to one upstream, and how many these may be: fewer when its answers take
 * longer than they used to, as then they wait in a queue we cannot see. Judged by means
 * over a tenth of a second and more, as one slow kind of call says nothing.
 */
final class AdaptiveLimit {

	private static final long WINDOW_NANOS = 100_000_000;

	private static final int MIN_SAMPLES = 10;

	private final Limit limit;

	private final LongSupplier nanoTime;

	private final AtomicInteger inFlight = new AtomicInteger();

	private final AtomicInteger samples = new AtomicInteger();

	private final AtomicLong total = new AtomicLong();

	private final AtomicLong windowEnd;

	private volatile int peak;

	/**
	 * Creates a limit without calls.
	 * @param nanoTime as {@link System#nanoTime()} has it
	 */
	AdaptiveLimit(ResilienceProperties.Limit settings, LongSupplier nanoTime) {
		this.limit = settings.adaptive() ? Gradient2Limit.newBuilder()
			.initialLimit(settings.initial())
			.minLimit(settings.min())
			.maxConcurrency(settings.max())
			.rttTolerance(2)
			// Windows, of a tenth of a second each: what lasts longer is how it is now.
			.longWindow(300)
			.build() : FixedLimit.of(settings.max());
		this.nanoTime = nanoTime;
		this.windowEnd = new AtomicLong(nanoTime.getAsLong() + WINDOW_NANOS);
	}

	/** Takes a place, when one is free. */
	boolean tryEnter() {
		int now = this.inFlight.incrementAndGet();
		if (now > this.limit.getLimit()) {
			this.inFlight.decrementAndGet();
			return false;
		}
		if (now > this.peak) {
			// Another thread's may get lost: a peak is a hint.
			this.peak = now;
		}
		return true;
	}

	/** Gives a place back. */
	void leave() {
		this.inFlight.decrementAndGet();
	}

	/**
	 * An answer began.
	 * @param nanos time that took
	 */
	void sample(long nanos) {
		this.total.addAndGet(nanos);
		int count = this.samples.incrementAndGet();
		long end = this.windowEnd.get();
		long now = this.nanoTime.getAsLong();
		if (count < MIN_SAMPLES || now - end < 0 || !this.windowEnd.compareAndSet(end, now + WINDOW_NANOS)) {
			return;
		}
		this.samples.addAndGet(-count);
		long mean = this.total.getAndSet(0) / count;
		int seen = this.peak;
		this.peak = this.inFlight.get();
		this.limit.onSample(now, Math.max(1, mean), seen, false);
	}

	int inFlight() {
		return this.inFlight.get();
	}

	int limit() {
		return this.limit.getLimit();
	}

}
