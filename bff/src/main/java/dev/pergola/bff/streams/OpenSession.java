package dev.pergola.bff.streams;

import reactor.core.publisher.Mono;

/** Whether a person who was signed in still is. */
public interface OpenSession {

	/** Looks now, not at what a request saw when it began. */
	Mono<Boolean> isAlive();

	/**
	 * Hears of the end, where this process is told.
	 * @return completes at the end; may never do so, and is not relied upon
	 */
	Mono<Void> ended();

}
