package dev.pergola.bff.agents;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Predicate;
import java.util.stream.Stream;

import dev.pergola.bff.problem.BffException;
import dev.pergola.bff.problem.Failure;
import dev.pergola.bff.runlog.Epochs;
import dev.pergola.bff.runlog.RunName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The runs this node writes, in memory: going ones, and ended ones until their retention
 * is over. A run goes on whoever watches.
 */
final class Runs {

	private static final Logger log = LoggerFactory.getLogger(Runs.class);

	private final AgentProperties properties;

	private final Clock clock;

	private final RunListener listener;

	private final Map<RunName, Run> runs = new ConcurrentHashMap<>();

	// Guarded by this.
	private final Set<Run> prepared = new HashSet<>();

	// Each run is a log of its own writer: an id of one is never valid in another.
	private final Epochs epochs;

	Runs(AgentProperties properties, Clock clock, RunListener listener) {
		this.properties = properties;
		this.clock = clock;
		this.listener = listener;
		this.epochs = new Epochs(clock);
	}

	/**
	 * The run of that name.
	 * @return empty when there is none, or it is another person's
	 */
	Optional<Run> find(RunName name) {
		return Optional.ofNullable(this.runs.get(name));
	}

	/**
	 * A run that was asked for before, under the same name.
	 * @throws BffException when the same name stood for something else
	 */
	Optional<Run> findSame(RunRequest request) {
		Optional<Run> found = find(request.name());
		found.ifPresent((run) -> checkSame(run.request(), request));
		return found;
	}

	/** A person's runs, newest first. */
	List<Run> of(String owner) {
		return newestFirst(owner, (run) -> true).toList();
	}

	/**
	 * Adds a run; {@code runs} has it from now on.
	 * @return the new run, or the one that was there
	 * @throws BffException when there are as many as are allowed, or its thread waits for
	 * something else
	 */
	synchronized Added add(RunRequest request) {
		Optional<Run> same = findSame(request);
		if (same.isPresent()) {
			return new Added(same.get(), false);
		}
		List<ThreadRun> thread = thread(request);
		OpenInterrupts waiting = ThreadRun.waiting(thread);
		waiting.check(request, now(), !thread.isEmpty());
		Run run = prepare(request);
		run.answers(waiting.runId());
		put(run);
		return new Added(run, true);
	}

	/**
	 * A run that can be added. It counts as one that is going until it is added or
	 * released.
	 * @throws BffException when there are as many as are allowed, or whoever listens
	 * refuses it
	 */
	synchronized Run prepare(RunRequest request) {
		checkLimits(request);
		this.listener.onAsk(request.facts());
		Run run = Run.begin(request, this.properties, this.epochs.next(), this.clock.instant());
		this.prepared.add(run);
		return run;
	}

	/** Gives up a run that was prepared; nothing for one that was added. */
	synchronized void release(Run run) {
		this.prepared.remove(run);
	}

	/**
	 * Adds a run that was prepared, unless there is one of that name by now.
	 * @return the run, or the one that is there
	 * @throws BffException when the same name stood for something else
	 */
	synchronized Added adopt(Run run) {
		Optional<Run> same = findSame(run.request());
		if (same.isEmpty()) {
			put(run);
		}
		return new Added(same.orElse(run), same.isEmpty());
	}

	/** Adds a run whatever the limits say: it is going already. */
	synchronized void put(Run run) {
		this.prepared.remove(run);
		this.runs.put(run.request().name(), run);
		run.listen(this.listener);
	}

	/** A run some other node writes now. */
	void remove(Run run) {
		this.runs.remove(run.request().name(), run);
		this.listener.onLost(run.facts());
	}

	/** A run, whichever node has it, waits for no answer any more. */
	void withdraw(RunRequest request) {
		this.listener.onWithdrawn(request.facts());
	}

	/** Nobody watches a run any more. */
	void abandon(Run run) {
		this.listener.onAbandon(run.facts());
	}

	/** Forgets what has been over for long enough, and what there is no room for. */
	synchronized void forgetOld() {
		Instant limit = this.clock.instant().minus(this.properties.retention());
		this.runs.values().removeIf((run) -> {
			Instant endedAt = run.endedAt();
			return endedAt != null && endedAt.isBefore(limit);
		});
		while (isTooLarge()) {
			Optional<Run> oldest = oldest();
			if (oldest.isEmpty()) {
				return;
			}
			forget(oldest.get());
		}
	}

	/**
	 * The run that has to end for the others to have room: the largest of those that are
	 * going.
	 * @return empty where there is room
	 */
	synchronized Optional<Run> excess() {
		return isTooLarge()
				? this.runs.values().stream().filter((run) -> !run.isOver()).max(Comparator.comparingLong(Run::bytes))
				: Optional.empty();
	}

	/** The run that an upstream knows by this name. */
	Optional<Run> find(String id) {
		return this.runs.values().stream().filter((run) -> run.facts().id().equals(id)).findFirst();
	}

	/** The runs of the request's thread that this node writes, newest first. */
	List<ThreadRun> thread(RunRequest request) {
		String threadId = request.input().threadId();
		return newestFirst(request.name().owner(), (run) -> run.request().input().threadId().equals(threadId))
			.map(ThreadRun::of)
			.toList();
	}

	/** All runs, going and ended. */
	Collection<Run> all() {
		return this.runs.values();
	}

	Instant now() {
		return this.clock.instant();
	}

	/** Frees every connection; the runs' viewers are gone by now. */
	void stop() {
		this.runs.values().forEach(Runs::free);
	}

	private static void free(Run run) {
		try {
			run.upstream().dispose();
		}
		catch (RejectedExecutionException loopIsGone) {
			log.debug("connection went with its event loop: run={}", run.request().upstreamRunId());
		}
	}

	private void checkLimits(RunRequest request) {
		String person = request.caller().key();
		List<RunRequest> going = going(request.name());
		long ofPerson = going.stream().filter((other) -> other.caller().key().equals(person)).count();
		if (ofPerson >= this.properties.maxRunsPerPerson()) {
			throw new BffException(Failure.TOO_MANY_RUNS,
					"You have %d runs going, and no more are allowed.".formatted(ofPerson));
		}
		String team = request.offer().team();
		long ofTeam = going.stream().filter((other) -> team != null && team.equals(other.offer().team())).count();
		if (ofTeam >= this.properties.maxRunsPerTeam()) {
			throw new BffException(Failure.TOO_MANY_RUNS, "This team's agents have as many runs as they may.");
		}
		while (isFull(request.name())) {
			forget(oldest()
				.orElseThrow(() -> new BffException(Failure.TOO_MANY_RUNS, "The portal has as many runs as it can.")));
		}
	}

	// Each start looks at all runs, of which there may be thousands: makes nothing for
	// each.
	private Stream<Run> newestFirst(String owner, Predicate<Run> which) {
		List<Run> found = new ArrayList<>();
		this.runs.forEach((name, run) -> {
			if (name.owner().equals(owner) && which.test(run)) {
				found.add(run);
			}
		});
		found.sort(Comparator.comparing(Run::startedAt).reversed());
		return found.stream();
	}

	/** What is going or about to, but for one: what is asked for twice counts once. */
	private List<RunRequest> going(RunName but) {
		List<RunRequest> going = new ArrayList<>();
		this.runs.forEach((name, run) -> {
			if (!run.isOver() && !name.equals(but)) {
				going.add(run.request());
			}
		});
		Set<RunName> names = new HashSet<>(Set.of(but));
		for (Run run : this.prepared) {
			Run known = this.runs.get(run.request().name());
			if ((known == null || known.isOver()) && !run.isOver() && names.add(run.request().name())) {
				going.add(run.request());
			}
		}
		return going;
	}

	/** The oldest run that is over. */
	private Optional<Run> oldest() {
		return this.runs.values().stream().filter(Run::isOver).min(Comparator.comparing(Run::startedAt));
	}

	private void forget(Run run) {
		this.runs.remove(run.request().name(), run);
	}

	private boolean isTooLarge() {
		return Stream.concat(this.runs.values().stream(), this.prepared.stream())
			.mapToLong(Run::bytes)
			.sum() >= this.properties.maxTotalBytes().toBytes();
	}

	private boolean isFull(RunName next) {
		long others = this.prepared.stream()
			.map((run) -> run.request().name())
			.filter((name) -> !name.equals(next))
			.distinct()
			.count();
		return this.runs.size() + others >= this.properties.maxRuns() || isTooLarge();
	}

	/**
	 * Holds a request against the one the run was started with.
	 * @throws BffException when it is another
	 */
	static void checkSame(RunRequest first, RunRequest second) {
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
