package dev.pergola.bridge.run;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.pergola.bridge.process.Signal;

/**
 * Ends a program step by step: a word of its format, the signal of a keyboard, the signal
 * to end, and then all of its processes at once.
 */
final class Ladder {

	private final StopWaits waits;

	private final RunMeters meters;

	Ladder(StopWaits waits, RunMeters meters) {
		this.waits = waits;
		this.meters = meters;
	}

	/**
	 * Returns when the program's turn is over, or nothing of the program is left.
	 * @param turnEnd completes when the program ends its turn by itself
	 */
	void stop(Program program, CompletableFuture<?> turnEnd) {
		if (endsWhenAsked(program, turnEnd)) {
			this.meters.stopped("interrupt");
			return;
		}
		program.process().signal(Signal.INT);
		if (ended(program, turnEnd, this.waits.sigint())) {
			this.meters.stopped("sigint");
			return;
		}
		program.process().signal(Signal.TERM);
		if (ended(program, turnEnd, this.waits.sigterm())) {
			this.meters.stopped("sigterm");
			return;
		}
		program.process().kill();
		this.meters.stopped("sigkill");
	}

	/**
	 * A program that does not read cannot be asked, and must not hold up the next step.
	 */
	private boolean endsWhenAsked(Program program, CompletableFuture<?> turnEnd) {
		long deadline = System.nanoTime() + this.waits.interrupt().toNanos();
		CompletableFuture<Boolean> asked = new CompletableFuture<>();
		Thread.ofVirtual().name("agent-interrupt").start(() -> asked.complete(program.interrupt()));
		boolean listens = asked.completeOnTimeout(false, this.waits.interrupt().toMillis(), TimeUnit.MILLISECONDS)
			.join();
		return listens && ended(program, turnEnd, Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
	}

	private static boolean ended(Program program, CompletableFuture<?> turnEnd, Duration wait) {
		try {
			CompletableFuture.anyOf(program.process().onExit(), turnEnd).get(wait.toMillis(), TimeUnit.MILLISECONDS);
			return true;
		}
		catch (TimeoutException ex) {
			return false;
		}
		catch (ExecutionException ex) {
			return true;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

}
