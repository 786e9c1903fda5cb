package dev.pergola.bff.limits;

import java.util.concurrent.TimeUnit;

import dev.pergola.manifests.Rate;
import org.jspecify.annotations.Nullable;

/**
 * What a bucket holds and how fast it fills.
 *
 * @param calls that can be made at once, when none were made for a while
 * @param nanosPerCall time after which one more can be made
 */
record Limit(int calls, long nanosPerCall) {

	/** As many calls as the rate says, at once or spread over its time. */
	static Limit of(Rate rate) {
		return new Limit(rate.calls(), Math.max(1, rate.per().toNanos() / rate.calls()));
	}

	static @Nullable Limit ofNullable(@Nullable Rate rate) {
		return (rate != null) ? of(rate) : null;
	}

	/** Time in which an empty bucket fills. */
	long nanos() {
		return this.calls * this.nanosPerCall;
	}

	/** The same in whole seconds, at least one. */
	long seconds() {
		return seconds(nanos());
	}

	static long seconds(long nanos) {
		return Math.max(1, (nanos + TimeUnit.SECONDS.toNanos(1) - 1) / TimeUnit.SECONDS.toNanos(1));
	}

	/**
	 * What both allow: neither more calls at once nor more over time than either does.
	 */
	Limit and(@Nullable Limit other) {
		return (other == null) ? this
				: new Limit(Math.min(this.calls, other.calls), Math.max(this.nanosPerCall, other.nanosPerCall));
	}

	/** Part of the limit. */
	Limit share(double share) {
		return (share >= 1) ? this
				: new Limit(Math.max(1, (int) (this.calls * share)), (long) (this.nanosPerCall / share));
	}

	/** As an administrator would read it. */
	@Override
	public String toString() {
		return "%d in %d s".formatted(this.calls, seconds());
	}

}
