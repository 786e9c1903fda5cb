package dev.pergola.bff.agents;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

import org.jspecify.annotations.Nullable;

/**
 * What the upstream of a run calls its events, for who goes on with the run elsewhere.
 */
final class UpstreamNames {

	/** By the sequence after which the log stood there. */
	private final ConcurrentSkipListMap<Long, String> names = new ConcurrentSkipListMap<>();

	private volatile boolean tracked;

	/** Remembers names from now on. */
	void track() {
		this.tracked = true;
	}

	/** An event is in the log, and all before it. */
	void add(long sequence, @Nullable String name) {
		if (this.tracked && name != null) {
			this.names.put(sequence, name);
		}
	}

	/**
	 * Name of the newest event that is in the log up to there, empty for none; older ones
	 * are forgotten.
	 */
	String upTo(long sequence) {
		Map.Entry<Long, String> newest = this.names.floorEntry(sequence);
		if (newest == null) {
			return "";
		}
		this.names.headMap(newest.getKey()).clear();
		return newest.getValue();
	}

}
