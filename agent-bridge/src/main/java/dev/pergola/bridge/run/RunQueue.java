package dev.pergola.bridge.run;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Lets so many runs go at once and the others wait for their turn; those that wait hear
 * of their position whenever it changes.
 */
final class RunQueue {

	private final FairLine waiting = new FairLine();

	private final List<Run> running = new ArrayList<>();

	private final RunLimits limits;

	private final BooleanSupplier hasRoom;

	private final Consumer<Run> launch;

	/**
	 * @param hasRoom whether the machine has room for a further program
	 */
	RunQueue(RunLimits limits, BooleanSupplier hasRoom, Consumer<Run> launch) {
		this.limits = limits;
		this.hasRoom = hasRoom;
		this.launch = launch;
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
		if (this.running.remove(run)) {
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
			this.running.add(next);
			this.launch.accept(next);
		}
	}

	// One may always go: a machine that is full for other reasons still works, slowly.
	private boolean mayStart() {
		return this.running.isEmpty() || this.hasRoom.getAsBoolean();
	}

	private boolean mayGo(Run run) {
		String team = run.caller().team();
		return this.running.stream().filter((other) -> other.caller().team().equals(team)).count() < this.limits
			.maxPerTeam();
	}

	private void tell() {
		int position = 1;
		for (Run run : this.waiting.order()) {
			run.queuedAt(position++);
		}
	}

}
