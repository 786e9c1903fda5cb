package dev.pergola.bridge.run;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Ends programs nobody needs any more, in the background; closing it waits for them.
 */
final class Retirement implements AutoCloseable {

	private static final Duration WAIT = Duration.ofSeconds(1);

	private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

	private final RunMeters meters;

	Retirement(RunMeters meters) {
		this.meters = meters;
	}

	/**
	 * @param asking whether the program waits for an answer, and is told that none comes
	 */
	void begin(Program program, boolean asking) {
		Thread thread = Thread.ofVirtual().name("agent-retire").unstarted(() -> end(program, asking));
		this.threads.add(thread);
		thread.start();
	}

	@Override
	public void close() {
		try {
			for (Thread thread : this.threads) {
				thread.join();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void end(Program program, boolean asking) {
		try {
			if (asking) {
				program.interrupt();
			}
			program.retire(WAIT);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			program.close();
			this.meters.output(program.runnerId(), program.process().printedBytes());
			this.meters.late(program.runnerId(), program.process().lateBytes());
			this.threads.remove(Thread.currentThread());
		}
	}

}
