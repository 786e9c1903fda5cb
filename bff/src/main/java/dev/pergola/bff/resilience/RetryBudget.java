package dev.pergola.bff.resilience;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * How many calls to one upstream may be made again: a share of all calls, so that an
 * upstream in trouble is not called twice as often, and a few in any case.
 */
final class RetryBudget {

	private final ResilienceProperties.Retry settings;

	private final LongSupplier nanoTime;

	private final long length;

	private final AtomicReference<Window> window;

	/**
	 * Creates a budget nothing was taken of.
	 * @param nanoTime as {@link System#nanoTime()} has it
	 */
	RetryBudget(ResilienceProperties.Retry settings, LongSupplier nanoTime) {
		this.settings = settings;
		this.nanoTime = nanoTime;
		this.length = settings.window().toNanos();
		this.window = new AtomicReference<>(new Window(nanoTime.getAsLong()));
	}

	/** A call is made for the first time. */
	void call() {
		current().calls.incrementAndGet();
	}

	/** Takes one, when one is left. */
	boolean tryTake() {
		Window now = current();
		if (now.taken.incrementAndGet() > allowed(now)) {
			now.taken.decrementAndGet();
			return false;
		}
		return true;
	}

	/** How many are left at the moment. */
	int left() {
		Window now = current();
		return Math.max(0, allowed(now) - now.taken.get());
	}

	private int allowed(Window now) {
		return Math.max(this.settings.floor(), (int) ((long) now.calls.get() * this.settings.budget() / 100));
	}

	private Window current() {
		Window now = this.window.get();
		long time = this.nanoTime.getAsLong();
		if (time - now.since < this.length) {
			return now;
		}
		Window next = new Window(time);
		return this.window.compareAndSet(now, next) ? next : this.window.get();
	}

	private static final class Window {

		private final long since;

		private final AtomicInteger calls = new AtomicInteger();

		private final AtomicInteger taken = new AtomicInteger();

		Window(long since) {
			this.since = since;
		}

	}

}
