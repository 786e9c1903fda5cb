package dev.pergola.bff.resilience;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** A counter for each constant of an enum. */
final class Tallies<E extends Enum<E>> {

	private final E[] kinds;

	private final LongAdder[] counts;

	Tallies(Class<E> type) {
		this.kinds = type.getEnumConstants();
		this.counts = new LongAdder[this.kinds.length];
		Arrays.setAll(this.counts, (place) -> new LongAdder());
	}

	void add(E kind) {
		this.counts[kind.ordinal()].increment();
	}

	long get(E kind) {
		return this.counts[kind.ordinal()].sum();
	}

	/** Those that are not zero. */
	Map<E, Long> all() {
		Map<E, Long> all = new EnumMap<>(this.kinds[0].getDeclaringClass());
		for (E kind : this.kinds) {
			if (get(kind) > 0) {
				all.put(kind, get(kind));
			}
		}
		return all;
	}

}
