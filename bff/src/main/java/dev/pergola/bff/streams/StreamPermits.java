package dev.pergola.bff.streams;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import dev.pergola.bff.problem.BffException;
import dev.pergola.bff.problem.Failure;

/** How many streams a person, and everybody together, hold open. */
final class StreamPermits {

	private final int maxPerPerson;

	private final int maxTotal;

	private final Map<String, Integer> open = new ConcurrentHashMap<>();

	private final AtomicInteger total = new AtomicInteger();

	StreamPermits(int maxPerPerson, int maxTotal) {
		this.maxPerPerson = maxPerPerson;
		this.maxTotal = maxTotal;
	}

	/**
	 * Takes a permit.
	 * @param person whose stream it is
	 * @throws BffException when there is none left
	 */
	void acquire(String person) {
		if (this.total.incrementAndGet() > this.maxTotal) {
			this.total.decrementAndGet();
			throw new BffException(Failure.TOO_MANY_STREAMS, "The portal holds as many streams as it can.");
		}
		if (this.open.merge(person, 1, Integer::sum) > this.maxPerPerson) {
			release(person);
			throw new BffException(Failure.TOO_MANY_STREAMS,
					"You hold %d streams open, and no more are allowed.".formatted(this.maxPerPerson));
		}
	}

	void release(String person) {
		this.total.decrementAndGet();
		this.open.computeIfPresent(person, (key, count) -> (count > 1) ? count - 1 : null);
	}

	int total() {
		return this.total.get();
	}

}
