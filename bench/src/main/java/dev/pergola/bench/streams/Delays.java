package dev.pergola.bench.streams;

import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Times in nanoseconds, shortest first.
 */
record Delays(long[] sorted) {

	static Delays of(LongStream nanos) {
		return new Delays(nanos.sorted().toArray());
	}

	/** The round of which as many had a shorter tail as had a longer one. */
	static Delays median(List<Delays> rounds) {
		return rounds.stream().sorted(Comparator.comparingDouble(Delays::p99)).toList().get(rounds.size() / 2);
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

	/** Half, nine of ten and 99 of 100. */
	String text() {
		return "%.2f / %.2f / %.2f ms".formatted(p50(), percentileMs(0.9), p99());
	}

}
