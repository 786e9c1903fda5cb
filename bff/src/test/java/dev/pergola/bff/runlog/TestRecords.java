package dev.pergola.bff.runlog;

import java.time.Instant;
import java.util.List;

/** Records of tests. */
final class TestRecords {

	static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");

	private TestRecords() {
	}

	/** A run that begins. */
	static RunRecord going(RunName name, String thread) {
		return record(name, thread, new RunRecord.Progress(List.of(1L), 1, null, "RUNNING", null, false, "", false));
	}

	/**
	 * A run that is over with its first event.
	 * @param questions as {@link RunRecord.Progress#questions()} has them
	 */
	static RunRecord ended(RunName name, String thread, String questions) {
		return record(name, thread,
				new RunRecord.Progress(List.of(1L), 1, null, "FINISHED", NOON, false, questions, true));
	}

	private static RunRecord record(RunName name, String thread, RunRecord.Progress progress) {
		return new RunRecord(name, thread, "digest", "{\"whole\":1}", "{}", NOON, null, progress);
	}

}
