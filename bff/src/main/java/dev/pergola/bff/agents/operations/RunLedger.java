package dev.pergola.bff.agents.operations;

import java.time.Instant;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Remembers runs, going and over. */
interface RunLedger {

	/** Keeps the latest of a run; returns at once. */
	void save(LedgerEntry run);

	/** Forgets a run, which another node knows from now on. */
	void forget(String id);

	/** The run of that id; empty when it is not known or forgotten. */
	Mono<LedgerEntry> find(String id);

	/** All that are remembered, those asked for last first. */
	Flux<LedgerEntry> newestFirst();

	/** From when on nothing is forgotten. */
	Mono<Instant> completeFrom();

}
