package dev.pergola.bridge.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes homes of programs that are no more, one after the other and in the background:
 * a large one takes its time, and nobody is to wait for it. The lease of a program stays
 * as long as its home, so that the next bridge deletes what this one did not.
 */
final class Homes implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(Homes.class);

	/** The end of a bridge must not take for ever; what is left is the next one's. */
	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private final Leases leases;

	private final ExecutorService deletions;

	/**
	 * @param deletions does one after the other; closed with this
	 */
	Homes(Leases leases, ExecutorService deletions) {
		this.leases = leases;
		this.deletions = deletions;
	}

	/** Deletes the home of a program of which nothing runs, and ends its lease then. */
	void leave(String mark, Path home) {
		try {
			this.deletions.execute(() -> delete(mark, home));
		}
		catch (RejectedExecutionException closed) {
			delete(mark, home);
		}
	}

	/** Waits for what is to be deleted, but not for ever. */
	@Override
	public void close() {
		this.deletions.shutdown();
		try {
			if (!this.deletions.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
				logger.warn("homes of programs are left to the next start: deleting them takes too long");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void delete(String mark, Path home) {
		try {
			Deletion.of(home);
			this.leases.release(mark);
		}
		catch (IOException ex) {
			logger.warn("home {} is not gone, the next start tries again: {}", home, ex.getMessage());
		}
	}

}
