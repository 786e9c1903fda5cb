package dev.pergola.bff.agents;

import java.time.Instant;

import dev.pergola.bff.problem.BffException;
import tools.jackson.databind.node.ObjectNode;

/**
 * Hears of all runs. Is called with a run locked: returns at once, and does nothing to a
 * run from there.
 */
public interface RunListener {

	/** Nobody listens. */
	RunListener NONE = new RunListener() {
	};

	/**
	 * A run is asked for that is not there yet.
	 * @throws BffException when it may not begin
	 */
	default void onAsk(RunFacts run) {
	}

	/** A run is this node's from now on: it begins, or another node lost it. */
	default void onBegin(RunFacts run, Instant startedAt) {
	}

	/** A run is another node's from now on. */
	default void onLost(RunFacts run) {
	}

	/**
	 * A run that was over and waited for an answer waits no longer: it was cancelled.
	 */
	default void onWithdrawn(RunFacts run) {
	}

	/** A run is stopped because nobody has watched it for too long. */
	default void onAbandon(RunFacts run) {
	}

	/**
	 * An event was added to the log of a run; those of one run come in their order. Of
	 * mere pieces of text the first is told only.
	 */
	default void onEvent(RunFacts run, ObjectNode event) {
	}

}
