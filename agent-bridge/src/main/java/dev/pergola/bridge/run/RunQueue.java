package dev.pergola.bridge.run;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import java.util.function.LongSupplier;

/**
 * Lets so many runs go at once and the others wait for their turn; those that wait hear
 * of their position whenever it changes.
 */
final class RunQueue {

	/** A program has taken what it takes at its start. */
	private static final long SETTLED_NANOS = Duration.ofSeconds(3).toNanos();

	private final FairLine waiting = new FairLine();

	/** Those that go, and when they were launched. */
	private final Map<Run, Long> running = new LinkedHashMap<>();

	private final RunLimits limits;

	private final IntPredicate hasRoom;

	private final Consumer<Run> launch;

	private final LongSupplier nanoTime;

	/**
	 * @param hasRoom whether the machine has room for so many further programs
	 */
	RunQueue(RunLimits limits, IntPredicate hasRoom, Consumer<Run> launch, LongSupplier nanoTime) {
		this.limits = limits;
		this.hasRoom = hasRoom;
		this.launch = launch;
		this.nanoTime = nanoTime;
	}

	/**
	 * Launches the run, or lets it wait.
	 * @throws FullQueueException where no place is left to wait
	 */
	synchronized void add(Run run) throws FullQueueException {
		this.waiting.add(run);
		dispatch();
		if (this.waiting.size() > this.limits.maxQueued() && this.waiting.remove(run)) {
			throw new FullQueueException(this.waiting.size());
		}
		tell();
	}

	/**
	 * Launches the run, or lets it wait, however many do: its program runs already.
	 */
	synchronized void addAnyway(Run run) {
		this.waiting.add(run);
		refresh();
	}

	/**
	 * Takes out a run that waits.
	 * @return whether it did
	 */
	synchronized boolean withdraw(Run run) {
		boolean waited = this.waiting.remove(run);
		tell();
		return waited;
	}

	/**
	 * Gives the place of an ended run to the next.
	 */
	synchronized void remove(Run run) {
		if (this.running.remove(run) != null) {
			refresh();
		}
	}

	/**
	 * Looks again whether a run may go.
	 */
	synchronized void refresh() {
		dispatch();
		tell();
	}

	synchronized int waitingCount() {
		return this.waiting.size();
	}

	synchronized int runningCount() {
		return this.running.size();
	}

	private void dispatch() {
		while (this.waiting.size() > 0 && this.running.size() < this.limits.maxRuns() && mayStart()) {
			Run next = this.waiting.next(this::mayGo).orElse(null);
			if (next == null) {
				return;
			}
			this.running.put(next, this.nanoTime.getAsLong());
			this.launch.accept(next);
		}
	}

	// One may always go: a machine that is full for other reasons still works, slowly.
	private boolean mayStart() {
		return this.running.isEmpty() || this.hasRoom.test(1 + arriving());
	}

	/** Programs that have yet to take memory, which still looks free. */
	private int arriving() {
		long now = this.nanoTime.getAsLong();
		return (int) this.running.entrySet()
			.stream()
			.filter((it) -> it.getKey().isStarting() || now - it.getValue() < SETTLED_NANOS)
			.count();
	}

	private boolean mayGo(Run run) {
		String team = run.caller().team();
		return this.running.keySet()
			.stream()
			.filter((other) -> other.caller().team().equals(team))
			.count() < this.limits.maxPerTeam();
	}

	private void tell() {
		int position = 1;
		for (Run run : this.waiting.order()) {
			run.queuedAt(position++);
		}
	}

}
