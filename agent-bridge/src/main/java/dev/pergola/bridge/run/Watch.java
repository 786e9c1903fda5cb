package dev.pergola.bridge.run;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks again and again, whatever breaks, until it is closed.
 */
final class Watch implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(Watch.class);

	private final ScheduledExecutorService thread = Executors
		.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("agent-watch").factory());

	private final Runnable look;

	Watch(Runnable look, Duration period) {
		this.look = look;
		this.thread.scheduleWithFixedDelay(this::look, 0, period.toMillis(), TimeUnit.MILLISECONDS);
	}

	/** One that fails would be the last. */
	private void look() {
		try {
			this.look.run();
		}
		catch (RuntimeException | Error ex) {
			tell(ex);
		}
	}

	private static void tell(Throwable failure) {
		try {
			logger.error("runs could not be watched", failure);
		}
		catch (OutOfMemoryError ex) {
			// No word of it finds room either; the next look may.
		}
	}

	@Override
	public void close() {
		this.thread.shutdownNow();
	}

}
