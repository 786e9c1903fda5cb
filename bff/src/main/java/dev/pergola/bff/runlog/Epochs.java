package dev.pergola.bff.runlog;

import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Numbers of writers of logs. They grow with time, and two nodes hardly ever choose the
 * same one: a place in one run is then none in another.
 */
public final class Epochs {

	private static final int RANDOM_BITS = 16;

	private final AtomicLong last = new AtomicLong();

	private final Clock clock;

	public Epochs(Clock clock) {
		this.clock = clock;
	}

	/** A number nobody has had, greater than all of this node before. */
	public long next() {
		long seconds = this.clock.millis() / 1000 & (1L << 31) - 1;
		long candidate = (seconds << RANDOM_BITS) + ThreadLocalRandom.current().nextInt(1 << RANDOM_BITS);
		return this.last.updateAndGet((before) -> Math.max(before + 1, candidate));
	}

}
