package dev.pergola.bff.agents;

import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import dev.pergola.bff.problem.BffException;
import dev.pergola.bff.problem.Failure;

/**
 * The runs kept here, in memory: going ones, and ended ones until their retention is
 * over. A run goes on whoever watches.
 */
final class Runs {

	private final AgentProperties properties;

	private final Clock clock;

	private final Map<RunKey, Run> runs = new ConcurrentHashMap<>();

	// Each run is a log of its own writer: an id of one is never valid in another.
	private final AtomicLong epochs;

	Runs(AgentProperties properties, Clock clock) {
		this.properties = properties;
		this.clock = clock;
		this.epochs = new AtomicLong(clock.millis());
	}

	/**
	 * The run of that name.
	 * @return empty when there is none, or it is another person's
	 */
	Optional<Run> find(String person, String runId) {
		return Optional.ofNullable(this.runs.get(new RunKey(person, runId)));
	}

	/**
	 * A run that was asked for before, under the same name.
	 * @throws BffException when the same name stood for something else
	 */
	Optional<Run> findSame(RunRequest request) {
		Optional<Run> found = find(request.caller().key(), request.input().runId());
		found.ifPresent((run) -> checkSame(run.request(), request));
		return found;
	}

	/**
	 * Adds a run; {@code runs} has it from now on.
	 * @return the new run, or the one that was there
	 * @throws BffException when there are as many as are allowed
	 */
	synchronized Added add(RunRequest request) {
		Optional<Run> same = findSame(request);
		if (same.isPresent()) {
			return new Added(same.get(), false);
		}
		checkLimits(request.caller().key());
		Run run = new Run(request, this.properties, this.epochs.incrementAndGet(), this.clock.instant());
		this.runs.put(new RunKey(request.caller().key(), request.input().runId()), run);
		return new Added(run, true);
	}

	/** Forgets what has been over for long enough. */
	void forgetOld() {
		Instant limit = this.clock.instant().minus(this.properties.retention());
		this.runs.values().removeIf((run) -> {
			Instant endedAt = run.endedAt();
			return endedAt != null && endedAt.isBefore(limit);
		});
	}

	/** All runs, going and ended. */
	Iterable<Run> all() {
		return this.runs.values();
	}

	Instant now() {
		return this.clock.instant();
	}

	/** Frees every connection; the runs' viewers are gone by now. */
	void stop() {
		this.runs.values().forEach((run) -> run.upstream().dispose());
	}

	private void checkLimits(String person) {
		long going = this.runs.entrySet()
			.stream()
			.filter((entry) -> entry.getKey().person().equals(person) && !entry.getValue().isOver())
			.count();
		if (going >= this.properties.maxRunsPerPerson()) {
			throw new BffException(Failure.TOO_MANY_RUNS,
					"You have %d runs going, and no more are allowed.".formatted(going));
		}
		while (isFull()) {
			RunKey oldest = this.runs.entrySet()
				.stream()
				.filter((entry) -> entry.getValue().isOver())
				.min(Comparator.comparing((entry) -> entry.getValue().startedAt()))
				.map(Map.Entry::getKey)
				.orElseThrow(() -> new BffException(Failure.TOO_MANY_RUNS, "The portal has as many runs as it can."));
			this.runs.remove(oldest);
		}
	}

	private boolean isFull() {
		long bytes = this.runs.values().stream().mapToLong((run) -> run.log().bytes()).sum();
		return this.runs.size() >= this.properties.maxRuns() || bytes >= this.properties.maxTotalBytes().toBytes();
	}

	private static void checkSame(RunRequest first, RunRequest second) {
		boolean sameAgent = first.offer().module().equals(second.offer().module())
				&& first.offer().agent().id().equals(second.offer().agent().id());
		if (!sameAgent || !first.input().digest().equals(second.input().digest())) {
			throw new BffException(Failure.RUN_CONFLICT, "This runId was used for another request.");
		}
	}

	/**
	 * What came of adding.
	 *
	 * @param isNew whether it has to be started
	 */
	record Added(Run run, boolean isNew) {

	}

}
