package dev.pergola.bridge.run;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import dev.pergola.bridge.runner.Runners;

/**
 * Programs that are not in a run: parked ones wait for answers, kept ones for the next
 * run of their conversation, warm ones were never used. Only the last may become
 * anybody's.
 */
final class Programs implements AutoCloseable {

	private final Map<Conversation, Resting> parked = new LinkedHashMap<>();

	private final Map<Conversation, Resting> kept = new LinkedHashMap<>();

	private final Starter starter;

	private final RunMeters meters;

	private final Retirement retirement;

	private final WarmPrograms warm;

	private final int maxParked;

	private final int maxKept;

	private boolean closed;

	/**
	 * @param hasRoom whether the machine has room for a further program
	 */
	Programs(Starter starter, Runners runners, BooleanSupplier hasRoom, RunMeters meters, int maxParked, int maxKept) {
		this.starter = starter;
		this.meters = meters;
		this.retirement = new Retirement(meters);
		this.warm = new WarmPrograms(starter, runners, hasRoom, this.retirement);
		this.maxParked = maxParked;
		this.maxKept = maxKept;
		meters.gauge("parked", this, Programs::parkedCount);
	}

	/**
	 * The program that waits for answers in that conversation; from now on it is the
	 * caller's.
	 */
	synchronized Optional<Program> claim(Conversation conversation) {
		Resting resting = this.parked.remove(conversation);
		if (resting == null) {
			return Optional.empty();
		}
		boolean usable = isUsable(resting.program());
		resting.run().unpark(usable ? RunState.SUCCEEDED : RunState.CANCELLED);
		return usable ? Optional.of(resting.program()) : Optional.empty();
	}

	/**
	 * A program for a run: the one kept for its conversation, a warm one, or a new one.
	 * @throws IOException where it could not be started
	 */
	Program take(Run run, Map<String, String> environment) throws IOException {
		Optional<Program> ready = kept(Conversation.of(run)).or(() -> this.warm.take(run.runnerId()));
		return ready.isPresent() ? ready.get() : this.starter.start(run.runnerId(), run.runner(), environment);
	}

	/** Lets the program of a run wait for answers. */
	void park(Run run, Program program) {
		rest(this.parked, run, program, run.runner().reuse().parkTimeout());
		evict(this.parked, this.maxParked, "parked");
	}

	/** Lets the program of a run wait for the next one of its conversation. */
	void keep(Run run, Program program) {
		rest(this.kept, run, program, run.runner().reuse().keep());
		evict(this.kept, this.maxKept, "kept");
	}

	/** Ends the program of a run that waits for answers; does nothing where none does. */
	void drop(Run run) {
		take(this.parked, (resting) -> resting.run() == run).forEach(this::end);
	}

	/** Ends what waited too long, and starts what should stand ready. */
	void refresh() {
		long now = System.nanoTime();
		take(this.parked, (resting) -> resting.isOver(now)).forEach(this::end);
		take(this.kept, (resting) -> resting.isOver(now)).forEach(this::end);
		this.warm.refresh();
	}

	/** Ends a program that was claimed and is not needed. */
	void retire(Program program) {
		this.retirement.begin(program, true);
	}

	synchronized int parkedCount() {
		return this.parked.size();
	}

	int warmCount(String runnerId) {
		return this.warm.count(runnerId);
	}

	/** Ends all, and returns when nothing is left of them. */
	@Override
	public void close() {
		synchronized (this) {
			this.closed = true;
		}
		take(this.parked, (resting) -> true).forEach(this::end);
		take(this.kept, (resting) -> true).forEach(this::end);
		this.warm.close();
		this.retirement.close();
	}

	private synchronized Optional<Program> kept(Conversation conversation) {
		return Optional.ofNullable(this.kept.remove(conversation)).map(Resting::program).filter(this::isUsable);
	}

	private boolean isUsable(Program program) {
		if (!program.process().isAlive()) {
			this.retirement.begin(program, false);
			return false;
		}
		return true;
	}

	private void rest(Map<Conversation, Resting> place, Run run, Program program, Duration time) {
		// What it complained of was the run's: the next one hears of its own.
		program.process().forgetErrors();
		Resting resting = new Resting(run, program, System.nanoTime() + time.toNanos());
		Resting before;
		synchronized (this) {
			before = this.closed ? resting : place.put(Conversation.of(run), resting);
		}
		if (before != null) {
			end(before);
		}
	}

	private synchronized void evict(Map<Conversation, Resting> place, int most, String name) {
		while (place.size() > most) {
			this.meters.evicted(name);
			Resting one = dispensable(place.values());
			place.values().remove(one);
			end(one);
		}
	}

	/** The longest waiting one of who has the most: nobody ends what others wait with. */
	private static Resting dispensable(Collection<Resting> all) {
		Map<String, Long> counts = all.stream().collect(Collectors.groupingBy(Resting::person, Collectors.counting()));
		Long most = Collections.max(counts.values());
		return all.stream().filter((one) -> most.equals(counts.get(one.person()))).findFirst().orElseThrow();
	}

	private void end(Resting resting) {
		resting.run().unpark(RunState.CANCELLED);
		this.retirement.begin(resting.program(), true);
	}

	private synchronized List<Resting> take(Map<Conversation, Resting> place, Predicate<Resting> which) {
		List<Resting> taken = place.values().stream().filter(which).toList();
		place.values().removeAll(taken);
		return taken;
	}

	/** A program that waits, and the run it was in. */
	private record Resting(Run run, Program program, long deadline) {

		String person() {
			return this.run.caller().person();
		}

		boolean isOver(long now) {
			return now - this.deadline > 0 || !this.program.process().isAlive();
		}

	}

}
