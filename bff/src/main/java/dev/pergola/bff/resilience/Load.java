package dev.pergola.bff.resilience;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

import dev.pergola.bff.problem.BffException;
import dev.pergola.bff.problem.Failure;

/** Calls of all modules in flight in this process. */
final class Load {

	private final int max;

	private final AtomicInteger inFlight = new AtomicInteger();

	private final LongAdder shed = new LongAdder();

	Load(int max) {
		this.max = max;
	}

	/** Takes a place, when one is free. */
	boolean tryEnter() {
		if (this.inFlight.incrementAndGet() > this.max) {
			this.inFlight.decrementAndGet();
			return false;
		}
		return true;
	}

	void leave() {
		this.inFlight.decrementAndGet();
	}

	boolean isFull() {
		return this.inFlight.get() >= this.max;
	}

	/** What a call that finds no place is told. */
	BffException refusal() {
		this.shed.increment();
		return new BffException(Failure.OVERLOADED, "The portal has more to do than it can.", Map.of("retryAfter", 1),
				null);
	}

	int inFlight() {
		return this.inFlight.get();
	}

	int max() {
		return this.max;
	}

	/** Calls that found no place. */
	long shed() {
		return this.shed.sum();
	}

}
