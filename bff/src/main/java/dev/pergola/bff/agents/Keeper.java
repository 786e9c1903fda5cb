package dev.pergola.bff.agents;

import dev.pergola.bff.runlog.KeptRun;
import dev.pergola.bff.runlog.RunRecord;
import dev.pergola.bff.streams.CursorLog;

/** A run of this node as its home sees it. */
final class Keeper implements KeptRun {

	private final Run run;

	private final Runs runs;

	private final RunEngine engine;

	private final RunRecord first;

	Keeper(Run run, Runs runs, RunEngine engine, RunRecord first) {
		this.run = run;
		this.runs = runs;
		this.engine = engine;
		this.first = first;
		run.upstreamNames().track();
	}

	@Override
	public RunRecord record() {
		return this.first.at(this.run.progress());
	}

	@Override
	public CursorLog<byte[]> log() {
		return this.run.log();
	}

	@Override
	public String upstreamId(long sequence) {
		return this.run.upstreamNames().upTo(sequence);
	}

	@Override
	public void onCancel() {
		this.engine.cancel(this.run);
	}

	@Override
	public void onWatched() {
		this.run.watched(this.runs.now());
	}

	/** Its viewers come back, and are shown what the other node has. */
	@Override
	public void onLost() {
		this.runs.remove(this.run);
		this.run.upstream().dispose();
		this.run.log().abandon();
	}

}
