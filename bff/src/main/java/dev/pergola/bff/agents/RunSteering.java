package dev.pergola.bff.agents;

import reactor.core.publisher.Mono;

/** Stops runs, whoever they are for. */
@FunctionalInterface
public interface RunSteering {

	/**
	 * Has a run stopped, whichever node has it, or wait no longer for an answer; may be
	 * called again, and does nothing to one that is over and does not wait.
	 * @param id as {@link RunFacts#id()} has it
	 * @return fails when the node that has the run cannot be told
	 */
	Mono<Void> cancel(String id);

}
