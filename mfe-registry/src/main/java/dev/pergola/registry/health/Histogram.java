package dev.pergola.registry.health;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How often which value was measured, to 9 %: eight steps for each doubling. Values are
 * whole, such as milliseconds, and never below zero.
 *
 * @param counts number of measurements by step, none of them zero
 */
public record Histogram(SortedMap<Integer, Long> counts) {

	/** No measurement. */
	public static final Histogram EMPTY = new Histogram(new TreeMap<>());

	private static final int STEPS = 8;

	private static final double DOUBLING = Math.log(2);

	public Histogram {
		counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
	}

	/**
	 * Reads what {@link #text} wrote.
	 * @param text {@code step:count,…}, may be empty
	 */
	static Histogram parse(String text) {
		SortedMap<Integer, Long> counts = new TreeMap<>();
		for (String part : text.isEmpty() ? new String[0] : text.split(",")) {
			String[] pair = part.split(":");
			counts.put(Integer.valueOf(pair[0]), Long.valueOf(pair[1]));
		}
		return new Histogram(counts);
	}

	String text() {
		StringBuilder text = new StringBuilder();
		this.counts
			.forEach((step, count) -> text.append(text.isEmpty() ? "" : ",").append(step).append(':').append(count));
		return text.toString();
	}

	/**
	 * With one measurement more.
	 * @param value not below zero
	 */
	public Histogram with(long value) {
		return plus(new Histogram(new TreeMap<>(Map.of(step(value), 1L))));
	}

	/** With the measurements of both. */
	public Histogram plus(Histogram other) {
		SortedMap<Integer, Long> sum = new TreeMap<>(this.counts);
		other.counts.forEach((step, count) -> sum.merge(step, count, Long::sum));
		return new Histogram(sum);
	}

	/** Number of measurements. */
	public long size() {
		return this.counts.values().stream().mapToLong(Long::longValue).sum();
	}

	/**
	 * Value that three quarters of the measurements do not exceed, the upper end of its
	 * step.
	 * @return 0 when nothing was measured
	 */
	public double p75() {
		long wanted = (long) Math.ceil(size() * 0.75);
		long seen = 0;
		for (Map.Entry<Integer, Long> each : this.counts.entrySet()) {
			seen += each.getValue();
			if (seen >= wanted) {
				return end(each.getKey());
			}
		}
		return 0;
	}

	/**
	 * Number of measurements above the step of a value.
	 * @param value such as the {@link #p75} of another
	 */
	public long above(double value) {
		// The end of a step belongs to it, whatever rounding makes of it.
		return this.counts.tailMap(step((long) Math.floor(value)) + 1)
			.values()
			.stream()
			.mapToLong(Long::longValue)
			.sum();
	}

	/** Step 0 is the value 0; step n ends at 2^((n-1)/8). */
	private static int step(long value) {
		return (value <= 0) ? 0 : 1 + (int) Math.ceil(Math.log(value) / DOUBLING * STEPS - 1e-9);
	}

	private static double end(int step) {
		return (step == 0) ? 0 : Math.pow(2, (step - 1) / (double) STEPS);
	}

}
