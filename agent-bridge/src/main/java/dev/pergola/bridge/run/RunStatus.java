package dev.pergola.bridge.run;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What a run is doing, as JSON.
 *
 * @param endedAt Missing while it runs.
 */
record RunStatus(String runId, String runner, RunState state, Instant createdAt, @Nullable Instant endedAt) {

	static RunStatus of(Run run) {
		return new RunStatus(run.id(), run.runnerId(), run.state(), run.createdAt(), run.endedAt());
	}

}
