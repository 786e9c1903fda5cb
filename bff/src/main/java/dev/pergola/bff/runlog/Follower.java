package dev.pergola.bff.runlog;

import java.util.List;

import dev.pergola.bff.streams.LogEntry;

/** Reads a run another node writes. Called by one thread. */
@FunctionalInterface
public interface Follower {

	/** Takes what is new, oldest first; sequences have gaps where the log was cut. */
	void onEvents(List<LogEntry<byte[]>> events);

}
