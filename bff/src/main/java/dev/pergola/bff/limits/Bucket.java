package dev.pergola.bff.limits;

import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

/**
 * A token bucket that is one number: the time at which it will be full. Each call moves
 * that on by what one call costs; a call that would move it further than a whole bucket
 * away is refused. May be used by any thread, and keeps none waiting.
 */
final class Bucket {

	private final AtomicLong fullAt;

	private final @Nullable Shared shared;

	/** Nanoseconds taken that other processes have not heard of. */
	private final AtomicLong used = new AtomicLong();

	private final AtomicBoolean queued = new AtomicBoolean();

	private volatile Limit limit;

	/**
	 * A full bucket.
	 * @param now as {@link System#nanoTime()} has it
	 * @param shared {@code null} for a bucket of this process alone
	 */
	Bucket(Limit limit, long now, @Nullable Shared shared) {
		this.limit = limit;
		this.fullAt = new AtomicLong(now);
		this.shared = shared;
	}

	/**
	 * Takes one call out.
	 * @param allowed limit as it is now; may be another than the last time
	 * @return 0 when it was taken, otherwise nanoseconds until there is one
	 */
	long take(Limit allowed, long now) {
		if (this.limit != allowed) {
			this.limit = allowed;
		}
		while (true) {
			long before = this.fullAt.get();
			long after = missing(before, now) + allowed.nanosPerCall();
			if (after > allowed.nanos()) {
				return after - allowed.nanos();
			}
			if (this.fullAt.compareAndSet(before, now + after)) {
				tell(allowed.nanosPerCall());
				return 0;
			}
		}
	}

	/** Puts a call back that was not made. */
	void giveBack() {
		long nanos = this.limit.nanosPerCall();
		this.fullAt.addAndGet(-nanos);
		tell(-nanos);
	}

	private void tell(long nanos) {
		if (this.shared != null) {
			this.used.addAndGet(nanos);
			if (!this.queued.get() && this.queued.compareAndSet(false, true)) {
				this.shared.used().add(this);
			}
		}
	}

	/** Nanoseconds taken since the last time. */
	long pollUsed() {
		this.queued.set(false);
		return this.used.getAndSet(0);
	}

	/**
	 * Takes over what is left of all processes together.
	 * @param nanos until it is full, without what was taken here meanwhile
	 */
	void adopt(long nanos, long now) {
		this.fullAt.set(now + nanos + Math.max(0, this.used.get()));
	}

	/** Name of the bucket for all processes. */
	String sharedKey() {
		if (this.shared == null) {
			throw new IllegalStateException("bucket: of this process alone");
		}
		return this.shared.key();
	}

	/** Calls that could be made now. */
	int left(long now) {
		Limit allowed = this.limit;
		return (int) Math.max(0, (allowed.nanos() - missing(this.fullAt.get(), now)) / allowed.nanosPerCall());
	}

	/** Nanoseconds until it is full. */
	long missing(long now) {
		return missing(this.fullAt.get(), now);
	}

	Limit limit() {
		return this.limit;
	}

	// No more than a bucket's worth of debt, also where the limit was another before.
	private long missing(long full, long now) {
		return Math.clamp(full - now, 0, 2 * this.limit.nanos());
	}

	/**
	 * What a bucket needs to be kept together with those of other processes.
	 *
	 * @param key name for all of them
	 * @param used where buckets wait to be told of
	 */
	record Shared(String key, Queue<Bucket> used) {

	}

}
