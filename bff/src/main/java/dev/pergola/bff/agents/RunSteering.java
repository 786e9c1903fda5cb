package dev.pergola.bff.agents;

/** Stops runs, whoever they are for. */
@FunctionalInterface
public interface RunSteering {

	/**
	 * Has a run stopped; returns at once, and may be called again.
	 * @param id as {@link RunFacts#id()} has it
	 * @return whether there is such a run, going or over
	 */
	boolean cancel(String id);

}
