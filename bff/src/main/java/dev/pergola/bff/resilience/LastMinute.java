package dev.pergola.bff.resilience;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * How often things of a few kinds happened in the last minute, or up to five seconds less
 * of it. Takes no memory until something happens.
 */
final class LastMinute {

	private static final int PARTS = 12;

	private static final long PART_NANOS = Duration.ofMinutes(1).toNanos() / PARTS;

	private final int kinds;

	private final LongSupplier nanoTime;

	private final AtomicReferenceArray<@Nullable Part> parts = new AtomicReferenceArray<>(PARTS);

	/**
	 * Nothing has happened yet.
	 * @param kinds number of kinds
	 * @param nanoTime as {@link System#nanoTime()} has it
	 */
	LastMinute(int kinds, LongSupplier nanoTime) {
		this.kinds = kinds;
		this.nanoTime = nanoTime;
	}

	void add(int kind) {
		current().counts.incrementAndGet(kind);
	}

	int get(int kind) {
		long now = number();
		int sum = 0;
		for (int place = 0; place < PARTS; place++) {
			Part part = this.parts.get(place);
			if (part != null && now - part.number < PARTS) {
				sum += part.counts.get(kind);
			}
		}
		return sum;
	}

	private Part current() {
		long number = number();
		int place = Math.floorMod(number, PARTS);
		Part before = this.parts.get(place);
		if (before != null && before.number == number) {
			return before;
		}
		Part next = new Part(number, new AtomicIntegerArray(this.kinds));
		Part found = this.parts.compareAndExchange(place, before, next);
		return (found == before) ? next : found;
	}

	// Times of a machine may be below zero.
	private long number() {
		return Math.floorDiv(this.nanoTime.getAsLong(), PART_NANOS);
	}

	private record Part(long number, AtomicIntegerArray counts) {

	}

}
