package dev.pergola.bff.runlog;

import dev.pergola.bff.streams.CursorLog;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** A run of which nothing is written yet. */
final class TestRun implements KeptRun {

	private final Sinks.Empty<Void> cancelled = Sinks.empty();

	private final CursorLog<byte[]> log = new CursorLog<>(1, new CursorLog.Bounds(10, 1000, 10));

	private final RunRecord record;

	private TestRun(RunRecord record) {
		this.record = record;
		this.log.append(new byte[] { '{', '}' }, 2);
	}

	/** One that is over. */
	static TestRun ended(RunName name) {
		TestRun run = new TestRun(TestRecords.ended(name, "t", ""));
		run.log.close();
		return run;
	}

	/** One that goes on. */
	static TestRun going(RunName name) {
		return new TestRun(TestRecords.going(name, "t"));
	}

	/** Completes when somebody wants it to stop. */
	Mono<Void> cancelled() {
		return this.cancelled.asMono();
	}

	@Override
	public RunRecord record() {
		return this.record;
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
		this.cancelled.tryEmitEmpty();
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
