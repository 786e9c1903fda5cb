package dev.pergola.bff.agents;

import java.time.Instant;
import java.util.List;

import dev.pergola.bff.agui.Outcome;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A run as its thread knows it, whichever node has it.
 *
 * @param interrupts what it ended with
 * @param isTaken whether the agent has begun with it
 */
record ThreadRun(RunRequest request, Outcome outcome, Instant startedAt, @Nullable Instant endedAt,
		List<ObjectNode> interrupts, boolean isTaken) {

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

	private OpenInterrupts asks() {
		return new OpenInterrupts(runId(), this.request.offer().module(), this.request.offer().agent().id(),
				this.interrupts);
	}

}
