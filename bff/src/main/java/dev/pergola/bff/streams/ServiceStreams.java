package dev.pergola.bff.streams;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.pergola.bff.problem.BffException;

/**
 * Streams that come from modules' services: how many of them a person holds open, and for
 * how long. Counted apart from the portal's own, so that a module's page takes nothing
 * from these.
 */
public final class ServiceStreams {

	/** Those opened together shall not end together. */
	private static final double SPREAD = 0.1;

	private final StreamPermits permits;

	private final long maxAge;

	public ServiceStreams(StreamProperties properties) {
		this.permits = new StreamPermits(properties.maxPerPerson(), properties.maxTotal());
		this.maxAge = properties.maxAge().toNanos();
	}

	/**
	 * Takes a place for a stream.
	 * @param person whose stream it is
	 * @return has to be given back at the stream's end
	 * @throws BffException when there is none left
	 */
	public Place take(String person) {
		this.permits.acquire(person);
		double factor = 1 + SPREAD * (2 * ThreadLocalRandom.current().nextDouble() - 1);
		return new Place(person, System.nanoTime() + Math.round(this.maxAge * factor));
	}

	/** Places that are taken now. */
	public int open() {
		return this.permits.total();
	}

	/** A place of one stream. */
	public final class Place {

		private final String person;

		private final long endsAt;

		private final AtomicBoolean taken = new AtomicBoolean(true);

		private Place(String person, long endsAt) {
			this.person = person;
			this.endsAt = endsAt;
		}

		/**
		 * Whether the stream is as old as one may be.
		 * @param now as {@link System#nanoTime()} has it
		 */
		public boolean isOver(long now) {
			return now - this.endsAt >= 0;
		}

		/** Time until it is, zero when it is. */
		public Duration left() {
			return Duration.ofNanos(Math.max(0, this.endsAt - System.nanoTime()));
		}

		/** Gives the place back; once, however often that is said. */
		public void giveBack() {
			if (this.taken.getAndSet(false)) {
				ServiceStreams.this.permits.release(this.person);
			}
		}

	}

}
