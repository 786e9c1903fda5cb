package dev.pergola.bench.streams;

import java.util.Collection;

/**
 * Times in nanoseconds, shortest first.
 */
record Delays(long[] sorted) {

	static Delays of(Collection<Long> nanos) {
		return new Delays(nanos.stream().mapToLong(Long::longValue).sorted().toArray());
	}

	int count() {
		return this.sorted.length;
	}

	/** Milliseconds that this share of all stayed under. */
	double percentileMs(double share) {
		if (this.sorted.length == 0) {
			return Double.NaN;
		}
		return this.sorted[(int) Math.min(this.sorted.length - 1, this.sorted.length * share)] / 1e6;
	}

	double p50() {
		return percentileMs(0.5);
	}

	double p99() {
		return percentileMs(0.99);
	}

}
