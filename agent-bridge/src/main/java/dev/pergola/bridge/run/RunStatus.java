package dev.pergola.bridge.run;

import java.time.Instant;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pergola.bridge.process.Exit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a run is doing, as JSON. What is not known is missing.
 *
 * @param queuePosition Place among those that wait, from 1.
 * @param startedAt When its program was started, or taken over.
 * @param endedAt When its stream ended.
 * @param exitCode How its program ended; 128 + n where signal n ended it.
 * @param stderr Last lines its program printed on standard error, without secrets.
 * @param usage AG-UI `TokenUsage`.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RunStatus(String runId, String runner, RunState state, String principal, @Nullable Integer queuePosition,
		Instant createdAt, @Nullable Instant startedAt, @Nullable Instant endedAt, @Nullable Integer exitCode,
		@Nullable Integer signal, @Nullable String stderr, @Nullable ObjectNode usage) {

	/**
	 * @param errors {@code null} where they are not known
	 */
	static RunStatus of(Run run, @Nullable String errors) {
		Optional<Exit> exit = Optional.ofNullable(run.exit());
		int position = run.queuePosition();
		return new RunStatus(run.id(), run.runnerId(), run.state(), run.caller().principal(),
				(position > 0) ? position : null, run.createdAt(), run.startedAt(), run.endedAt(),
				exit.map(Exit::code).orElse(null), exit.map(Exit::signal).orElse(null), errors,
				Optional.ofNullable(run.ending()).map(Ending::usage).orElse(null));
	}

}
