package dev.pergola.bridge.run;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * Lets so many runs go at once and the others wait in order; those that wait hear of
 * their position.
 */
final class RunQueue {

	private final Deque<Run> waiting = new ArrayDeque<>();

	private final List<Run> running = new ArrayList<>();

	private final int maxRunning;

	private final int maxWaiting;

	private final Consumer<Run> launch;

	RunQueue(int maxRunning, int maxWaiting, Consumer<Run> launch) {
		this.maxRunning = maxRunning;
		this.maxWaiting = maxWaiting;
		this.launch = launch;
	}

	/**
	 * Launches the run, or lets it wait.
	 * @throws TooManyRunsException where no place is left to wait
	 */
	synchronized void add(Run run) {
		if (this.running.size() < this.maxRunning) {
			launch(run);
		}
		else if (this.waiting.size() < this.maxWaiting) {
			this.waiting.add(run);
			run.queuedAt(this.waiting.size());
		}
		else {
			throw new TooManyRunsException("%d runs wait already".formatted(this.waiting.size()));
		}
	}

	/**
	 * Gives the place of an ended run to the next.
	 */
	synchronized void remove(Run run) {
		boolean waited = this.waiting.remove(run);
		if (this.running.remove(run) && !this.waiting.isEmpty()) {
			launch(this.waiting.remove());
			waited = true;
		}
		if (waited) {
			int position = 1;
			for (Run next : this.waiting) {
				next.queuedAt(position++);
			}
		}
	}

	private void launch(Run run) {
		this.running.add(run);
		this.launch.accept(run);
	}

}
