package dev.pergola.bff.agents.operations;

import java.time.Duration;
import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pergola.bff.agents.RunFacts;
import org.jspecify.annotations.Nullable;

/**
 * A run as it is told of. What is not known, or not yet, is left out.
 *
 * @param kind {@code runner} for a program of an agent-bridge, else {@code http}
 * @param queueMillis time it waited for its turn
 * @param firstByteMillis time from its beginning until the agent said something
 * @param durationMillis time from its beginning to its end
 * @param program of a run that has one, where it is asked for alone and the bridge
 * answers
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RunView(String id, String runId, String threadId, String module, String agent, String team, String person,
		@Nullable String tenant, String kind, String state, @Nullable Integer queuePosition, Instant createdAt,
		@Nullable Instant startedAt, @Nullable Instant firstByteAt, @Nullable Instant endedAt,
		@Nullable Long queueMillis, @Nullable Long firstByteMillis, @Nullable Long durationMillis, long inputTokens,
		long outputTokens, LedgerEntry.@Nullable Failure failure, LedgerEntry.@Nullable Stop stop,
		BridgeRuns.@Nullable Program program) {

	static RunView of(LedgerEntry run) {
		return of(run, null);
	}

	static RunView of(LedgerEntry run, BridgeRuns.@Nullable Program program) {
		RunFacts facts = run.facts();
		return new RunView(facts.id(), facts.runId(), facts.threadId(), facts.module(), facts.agent(), run.team(),
				facts.person(), facts.tenant(), (facts.runner() != null) ? "runner" : "http", run.state().text(),
				run.queuePosition(), run.createdAt(), run.startedAt(), run.firstByteAt(), run.endedAt(),
				millis(run.queued()), millis(run.untilFirstByte()), millis(run.duration()), run.tokens().input(),
				run.tokens().output(), run.failure(), run.stop(), program);
	}

	private static @Nullable Long millis(@Nullable Duration time) {
		return (time != null) ? time.toMillis() : null;
	}

}
