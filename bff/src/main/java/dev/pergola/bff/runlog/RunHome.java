package dev.pergola.bff.runlog;

import java.util.function.Predicate;

import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Where runs are known beyond this node. No event waits for it: what this node writes is
 * read from its own logs. What has to be asked for fails with {@link HomeAwayException}
 * when there is no answer in time.
 */
public interface RunHome extends AutoCloseable {

	/** Whether there are other nodes. */
	boolean isShared();

	/** Whether it answers at present. */
	boolean isAway();

	/**
	 * Registers a new run, unless there is one of that name.
	 * @param waiting run of the thread whose questions are open, as far as the caller
	 * knows; empty for none
	 */
	Mono<Claim> claim(RunRecord run, String waiting);

	/** A run of anybody's node; empty when there is none. */
	Mono<RunRecord> find(RunName name);

	/** The same, with its brief facts alone. */
	Mono<RunRecord> findBrief(RunName name);

	/** A person's runs, newest first, with their brief facts alone. */
	Flux<RunRecord> of(String owner);

	/** The run of a thread whose questions are open; empty when there is none. */
	Mono<RunRecord> waiting(String owner, String threadId);

	/**
	 * Has the run stopped by whoever writes it. One that is over is marked, and asks
	 * nothing any more.
	 * @param digest of its name
	 * @return the run; empty when there is none
	 */
	Mono<RunRecord> cancel(String digest);

	/** Tells whoever writes a run that it is watched. */
	Mono<Void> watched(RunName name);

	/** Has a cut log written again by whoever has it whole. */
	Mono<Void> repair(RunName name);

	/** Writes a run from now on, behind its back. */
	void keep(KeptRun run);

	/**
	 * Leaves alone what was kept and this node has forgotten: once it is written, and at
	 * once while nothing can be.
	 */
	void retain(Predicate<RunName> known);

	/** Reads a run from its first event on; what comes is handed on until disposed. */
	Disposable follow(RunName name, Follower follower);

	/** Goes on with the runs of nodes that are gone, from now on. */
	void heir(Heir heir);

	/** Writes what is left, and gives up all that is this node's. */
	@Override
	void close();

}
