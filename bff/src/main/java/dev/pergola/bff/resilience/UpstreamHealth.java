package dev.pergola.bff.resilience;

import java.time.Clock;
import java.util.function.LongSupplier;

/**
 * What is known of one upstream, whichever modules call it.
 *
 * @param circuit whether it is called at all
 * @param limit how many calls it takes at once
 * @param budget how many calls may be made again
 */
record UpstreamHealth(Circuit circuit, AdaptiveLimit limit, RetryBudget budget) {

	/** Of an upstream nobody has called. */
	static UpstreamHealth of(ResilienceProperties properties, Clock clock, LongSupplier nanoTime) {
		return new UpstreamHealth(new Circuit(properties.circuit(), clock),
				new AdaptiveLimit(properties.limit(), nanoTime), new RetryBudget(properties.retry(), nanoTime));
	}

}
