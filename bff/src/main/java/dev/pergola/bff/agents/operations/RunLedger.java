package dev.pergola.bff.agents.operations;

import java.time.Instant;
import java.util.Optional;
import java.util.function.BiConsumer;

import dev.pergola.bff.agents.RunFacts;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Remembers runs, going and over. */
interface RunLedger {

	/** Keeps the latest of a run; returns at once. */
	void save(LedgerEntry run);

	/** Forgets a run, which another node knows from now on. */
	void forget(String id);

	/**
	 * Notes who has a run stopped that another node has; nothing for one that is over.
	 */
	void stop(String id, LedgerEntry.Stop stop);

	/** Has somebody hear of who has runs of this node stopped at other nodes. */
	void onStop(BiConsumer<String, LedgerEntry.Stop> listener);

	/** The run of that id; empty when it is not known or forgotten. */
	Optional<LedgerEntry> find(String id);

	/**
	 * The run whose question a run answers; empty when nothing is asked in its thread.
	 */
	Optional<LedgerEntry> findAsking(RunFacts answering);

	/** All that are remembered, those asked for last first. */
	Flux<LedgerEntry> newestFirst();

	/** From when on nothing is forgotten. */
	Mono<Instant> completeFrom();

}
