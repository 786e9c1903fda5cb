package dev.pergola.bff.runlog;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A run as other nodes know it.
 *
 * @param threadId conversation the run belongs to
 * @param digest the same for the same request
 * @param facts what was asked, as one JSON object; never an access token
 * @param brief the same with as much of the conversation as a list of runs needs
 * @param answers run whose questions this one answers, {@code null} for none
 * @param progress how far it is
 */
public record RunRecord(RunName name, String threadId, String digest, String facts, String brief, Instant startedAt,
		@Nullable String answers, Progress progress) {

	/** The same, further on. */
	public RunRecord at(Progress now) {
		return new RunRecord(this.name, this.threadId, this.digest, this.facts, this.brief, this.startedAt,
				this.answers, now);
	}

	/**
	 * How far a run is.
	 *
	 * @param epochs its writers so far, the present one last
	 * @param head sequence of its newest event
	 * @param upstreamId what the upstream calls the last of its events that is in the
	 * log, {@code null} where it has no names for them
	 * @param outcome name of the outcome
	 * @param endedAt {@code null} while it is going
	 * @param cancelling whether somebody wants it to stop, or to wait no longer
	 * @param questions AG-UI interrupts it ended with, as a JSON list; empty for none
	 * @param isTaken whether the agent has begun with it
	 */
	public record Progress(List<Long> epochs, long head, @Nullable String upstreamId, String outcome,
			@Nullable Instant endedAt, boolean cancelling, String questions, boolean isTaken) {

		public Progress {
			epochs = List.copyOf(epochs);
		}

		/** The present writer. */
		public long epoch() {
			return this.epochs.getLast();
		}

	}

}
