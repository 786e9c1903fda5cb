package dev.pergola.bff.resilience;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;

/** A counter for each constant of an enum. */
final class Tallies<E extends Enum<E>> {

	private final E[] kinds;

	private final LongAdder[] counts;

	private final LastMinute recent;

	/**
	 * Counters at zero.
	 * @param nanoTime as {@link System#nanoTime()} has it
	 */
	Tallies(Class<E> type, LongSupplier nanoTime) {
		this.kinds = type.getEnumConstants();
		this.recent = new LastMinute(this.kinds.length, nanoTime);
		this.counts = new LongAdder[this.kinds.length];
		Arrays.setAll(this.counts, (place) -> new LongAdder());
	}

	void add(E kind) {
		this.counts[kind.ordinal()].increment();
		this.recent.add(kind.ordinal());
	}

	long get(E kind) {
		return this.counts[kind.ordinal()].sum();
	}

	/** Those that are not zero. */
	Map<E, Long> all() {
		return some(this::get);
	}

	/** Those of the last minute that are not zero. */
	Map<E, Long> recent() {
		return some((kind) -> this.recent.get(kind.ordinal()));
	}

	private Map<E, Long> some(ToLongFunction<E> count) {
		Map<E, Long> some = new EnumMap<>(this.kinds[0].getDeclaringClass());
		for (E kind : this.kinds) {
			long times = count.applyAsLong(kind);
			if (times > 0) {
				some.put(kind, times);
			}
		}
		return some;
	}

}
