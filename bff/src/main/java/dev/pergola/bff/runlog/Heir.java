package dev.pergola.bff.runlog;

import java.util.List;

import dev.pergola.bff.streams.LogEntry;

/** Goes on with runs whose node is gone. */
@FunctionalInterface
public interface Heir {

	/**
	 * Takes a run over; this node writes it from now on.
	 * @param run with this node's epoch as its last
	 * @param events all that is in the log
	 */
	void inherit(RunRecord run, List<LogEntry<byte[]>> events);

}
