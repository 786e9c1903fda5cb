package dev.pergola.bff.runlog;

import dev.pergola.bff.streams.CursorLog;

/** A run that ended before anything of it was written. */
final class TestRun implements KeptRun {

	private final CursorLog<byte[]> log = new CursorLog<>(1, new CursorLog.Bounds(10, 1000, 10));

	private final RunName name;

	TestRun(RunName name) {
		this.name = name;
		this.log.append(new byte[] { '{', '}' }, 2);
		this.log.close();
	}

	@Override
	public RunRecord record() {
		return TestRecords.ended(this.name, "t", "");
	}

	@Override
	public CursorLog<byte[]> log() {
		return this.log;
	}

	@Override
	public String upstreamId(long sequence) {
		return "";
	}

	@Override
	public void onCancel() {
		throw new IllegalStateException("cancelled by nobody");
	}

	@Override
	public void onWatched() {
		throw new IllegalStateException("watched by nobody");
	}

	@Override
	public void onLost() {
		throw new IllegalStateException("lost to nobody");
	}

}
