package dev.pergola.bff.agents;

import java.time.Instant;
import java.util.List;

import dev.pergola.bff.agui.Outcome;
import dev.pergola.bff.runlog.RunRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A run as its thread knows it, whichever node has it.
 *
 * @param interrupts what it ended with; those of a run that was cancelled since are
 * expired
 * @param isTaken whether the agent has begun with it
 * @param answers name of the run whose questions it answers; empty or {@code null} for
 * none
 */
record ThreadRun(RunRequest request, Outcome outcome, Instant startedAt, @Nullable Instant endedAt,
		List<ObjectNode> interrupts, boolean isTaken, @Nullable String answers) {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	/** A run of this node. */
	static ThreadRun of(Run run) {
		return new ThreadRun(run.request(), run.outcome(), run.startedAt(), run.endedAt(),
				run.isCancelling() ? withdrawn(run.interrupts()) : run.interrupts(), run.isTaken(), run.answers());
	}

	/** A run of any node. */
	static ThreadRun of(RunRecord record) {
		RunRecord.Progress progress = record.progress();
		List<ObjectNode> asked = interrupts(progress.questions());
		return new ThreadRun(StoredRequest.read(record.facts()), Outcome.valueOf(progress.outcome()),
				record.startedAt(), progress.endedAt(), progress.cancelling() ? withdrawn(asked) : asked,
				progress.isTaken(), record.answers());
	}

	String threadId() {
		return this.request.input().threadId();
	}

	String runId() {
		return this.request.input().runId();
	}

	/** When something happened last. */
	Instant updatedAt() {
		return (this.endedAt != null) ? this.endedAt : this.startedAt;
	}

	/**
	 * What a thread waits for.
	 * @param runs all of the thread's, newest first
	 */
	static OpenInterrupts waiting(List<ThreadRun> runs) {
		// An answer that never reached the agent has answered nothing.
		List<ThreadRun> heard = runs.stream()
			.filter((run) -> run.isTaken() || run.outcome() != Outcome.FAILED)
			.toList();
		return heard.stream()
			.filter((run) -> !run.interrupts().isEmpty() && heard.stream().noneMatch(run::isFollowedBy))
			.findFirst()
			.map(ThreadRun::asks)
			.orElse(OpenInterrupts.NONE);
	}

	// A run that had begun before the question answers nothing, even if it is newer.
	private boolean isFollowedBy(ThreadRun other) {
		return runId().equals(other.answers()) || (this.endedAt != null && other.startedAt().isAfter(this.endedAt));
	}

	// Who answers one is told that it is too late, not that it was never asked.
	private static List<ObjectNode> withdrawn(List<ObjectNode> interrupts) {
		return interrupts.stream()
			.map((interrupt) -> interrupt.deepCopy().put("expiresAt", Instant.EPOCH.toString()))
			.toList();
	}

	private static List<ObjectNode> interrupts(String json) {
		return json.isEmpty() ? List.of()
				: JSON.readTree(json)
					.valueStream()
					.filter(ObjectNode.class::isInstance)
					.map(ObjectNode.class::cast)
					.toList();
	}

	/** What the run of a thread asks that waits for answers. */
	static OpenInterrupts asked(RunRecord record) {
		return waiting(List.of(of(record)));
	}

	private OpenInterrupts asks() {
		return new OpenInterrupts(runId(), this.request.offer().module(), this.request.offer().agent().id(),
				this.interrupts);
	}

}
