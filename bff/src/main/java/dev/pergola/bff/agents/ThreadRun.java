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
 */
record ThreadRun(RunRequest request, Outcome outcome, Instant startedAt, @Nullable Instant endedAt,
		List<ObjectNode> interrupts, boolean isTaken) {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	/** A run of this node. */
	static ThreadRun of(Run run) {
		return new ThreadRun(run.request(), run.outcome(), run.startedAt(), run.endedAt(),
				run.isCancelling() ? withdrawn(run.interrupts()) : run.interrupts(), run.isTaken());
	}

	/** A run of any node. */
	static ThreadRun of(RunRecord record) {
		RunRecord.Progress progress = record.progress();
		List<ObjectNode> asked = interrupts(progress.questions());
		return new ThreadRun(StoredRequest.read(record.facts()), Outcome.valueOf(progress.outcome()),
				record.startedAt(), progress.endedAt(), progress.cancelling() ? withdrawn(asked) : asked,
				progress.isTaken());
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
		return runs.stream()
			.filter((run) -> run.isTaken() || run.outcome() != Outcome.FAILED)
			.findFirst()
			.filter((run) -> !run.interrupts().isEmpty())
			.map(ThreadRun::asks)
			.orElse(OpenInterrupts.NONE);
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
