package dev.pergola.bff.runlog;

import dev.pergola.bff.streams.CursorLog;

/** A run this node writes. Its log is what a home reads from, at its own pace. */
public interface KeptRun {

	/** The run as it is now; what it says of its end is true once that is in the log. */
	RunRecord record();

	/** Events, oldest first. */
	CursorLog<byte[]> log();

	/**
	 * The upstream's name of the newest of its events that is part of the log up to
	 * there; empty for none.
	 */
	String upstreamId(long sequence);

	/** Somebody at another node wants the run to stop. */
	void onCancel();

	/** Somebody at another node watches the run. */
	void onWatched();

	/** Another node writes the run from now on. */
	void onLost();

}
