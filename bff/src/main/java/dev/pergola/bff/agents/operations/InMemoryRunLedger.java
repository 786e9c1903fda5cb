package dev.pergola.bff.agents.operations;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

import dev.pergola.bff.agents.RunFacts;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Runs of this process: so many, for so long. Those that are going are never forgotten.
 */
final class InMemoryRunLedger implements RunLedger {

	private final int maxRuns;

	private final Duration retention;

	private final Clock clock;

	// In the order they came here.
	private final Map<String, LedgerEntry> runs = new LinkedHashMap<>();

	private Instant completeFrom;

	InMemoryRunLedger(int maxRuns, Duration retention, Clock clock) {
		this.maxRuns = maxRuns;
		this.retention = retention;
		this.clock = clock;
		this.completeFrom = clock.instant();
	}

	@Override
	public synchronized void save(LedgerEntry run) {
		this.runs.put(run.id(), run);
		forget();
	}

	@Override
	public synchronized void forget(String id) {
		this.runs.remove(id);
	}

	@Override
	public synchronized void stop(String id, LedgerEntry.Stop stop) {
		this.runs.computeIfPresent(id, (same, run) -> run.state().isOver() ? run : run.stopped(stop));
	}

	@Override
	public void onStop(BiConsumer<String, LedgerEntry.Stop> listener) {
		// There is no other node.
	}

	@Override
	public synchronized Optional<LedgerEntry> find(String id) {
		forget();
		return Optional.ofNullable(this.runs.get(id)).map((run) -> run.at(this.clock.instant()));
	}

	// A thread asks one thing at a time: whoever goes on with it has answered.
	@Override
	public synchronized Optional<LedgerEntry> findAsking(RunFacts answering) {
		Instant now = this.clock.instant();
		return this.runs.values()
			.stream()
			.filter((run) -> run.state() == RunState.WAITING && run.facts().isInThreadOf(answering)
					&& !run.id().equals(answering.id()))
			.map((run) -> run.at(now))
			.filter((run) -> run.state() == RunState.WAITING)
			.findFirst();
	}

	/**
	 * Takes what another node told of a run, in whichever order: an end stays, and so
	 * does who had it stopped.
	 */
	synchronized void take(LedgerEntry told) {
		LedgerEntry known = this.runs.get(told.id());
		if (known == null || told.createdAt().isAfter(known.createdAt())) {
			save(told);
			return;
		}
		boolean isLate = known.state().isOver() && !told.state().isOver();
		LedgerEntry.Stop stop = (known.stop() != null) ? known.stop() : told.stop();
		LedgerEntry latest = (isLate ? known : told).atLeast(known.tokens());
		save((stop != null) ? latest.stopped(stop) : latest);
	}

	/** Takes what a run of another node has spent so far. */
	synchronized void spent(String id, Tokens all) {
		this.runs.computeIfPresent(id, (same, run) -> run.state().isOver() ? run : run.atLeast(all));
	}

	/** All is known from then on, and was told by others before this node was there. */
	synchronized void completeSince(Instant from) {
		this.completeFrom = from;
	}

	@Override
	public synchronized Flux<LedgerEntry> newestFirst() {
		forget();
		Instant now = this.clock.instant();
		List<LedgerEntry> all = new ArrayList<>(this.runs.values());
		all.replaceAll((run) -> run.at(now));
		all.sort(LedgerEntry.NEWEST_FIRST);
		return Flux.fromIterable(all);
	}

	@Override
	public synchronized Mono<Instant> completeFrom() {
		return Mono.just(this.completeFrom);
	}

	private void forget() {
		Instant limit = this.clock.instant().minus(this.retention);
		Iterator<LedgerEntry> oldestFirst = this.runs.values().iterator();
		while (oldestFirst.hasNext()) {
			LedgerEntry run = oldestFirst.next();
			boolean isOld = run.createdAt().isBefore(limit);
			if (!isOld && this.runs.size() <= this.maxRuns) {
				return;
			}
			if (run.state().isOver()) {
				oldestFirst.remove();
				if (run.createdAt().isAfter(this.completeFrom)) {
					this.completeFrom = run.createdAt();
				}
			}
		}
	}

}
