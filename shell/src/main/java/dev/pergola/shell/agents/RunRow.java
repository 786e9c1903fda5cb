package dev.pergola.shell.agents;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import dev.pergola.shell.console.AuditLine;
import dev.pergola.shell.layout.Texts;
import tools.jackson.databind.JsonNode;

/**
 * A run as people read it; what is not known is empty or a dash.
 *
 * @param state in words
 * @param look of the badge with the state
 * @param isGoing whether it is not over
 * @param mayStop whether it can be stopped: it goes, or waits for an answer
 * @param waited time until its turn
 * @param firstWord time until the agent said something
 * @param took time until its end, or until now
 * @param failure code and message
 * @param stoppedBy whoever had it stopped
 * @param hasProgram whether an agent-bridge ran a program for it
 * @param program what became of that, as far as the bridge tells
 */
record RunRow(String id, String runId, String threadId, String module, String agent, String team, String person,
		String tenant, String state, String look, boolean isGoing, boolean mayStop, String created, String ended,
		String waited, String firstWord, String took, String tokens, String failureCode, String failure,
		String stoppedBy, String stopReason, boolean hasProgram, Program program) {

	private static final Map<String, String> LOOKS = Map.of("running", "info", "waiting", "warning", "finished",
			"success", "failed", "danger");

	static RunRow of(JsonNode run, Texts texts, Clock clock) {
		String state = Written.text(run, "state");
		boolean isGoing = state.equals("queued") || state.equals("running");
		JsonNode failure = run.path("failure");
		JsonNode stop = run.path("stop");
		long tokens = run.path("inputTokens").asLong(0) + run.path("outputTokens").asLong(0);
		return new RunRow(Written.text(run, "id"), Written.text(run, "runId"), Written.text(run, "threadId"),
				Written.text(run, "module"), Written.text(run, "agent"), Written.text(run, "team"),
				Written.text(run, "person"), Written.text(run, "tenant"), words(run, state, texts),
				LOOKS.getOrDefault(state, ""), isGoing, isGoing || state.equals("waiting"),
				AuditLine.time(Written.text(run, "createdAt")), AuditLine.time(Written.text(run, "endedAt")),
				Written.time(run, "queueMillis", texts), Written.time(run, "firstByteMillis", texts),
				took(run, isGoing, texts, clock), (tokens > 0) ? Written.count(tokens, texts) : Written.NOTHING,
				Written.text(failure, "code"), Written.text(failure, "message"), Written.text(stop, "by"),
				Written.text(stop, "reason"), Written.text(run, "kind").equals("runner"),
				Program.of(run.path("program")));
	}

	private static String words(JsonNode run, String state, Texts texts) {
		return switch (state) {
			case "queued" -> texts.get("agents.state.queued.at", run.path("queuePosition").asInt(0));
			case "running", "waiting", "expired", "finished", "failed", "cancelled" ->
				texts.get("agents.state." + state);
			default -> state;
		};
	}

	private static String took(JsonNode run, boolean isGoing, Texts texts, Clock clock) {
		if (!isGoing) {
			return Written.time(run, "durationMillis", texts);
		}
		Duration soFar = Duration.between(Instant.parse(Written.text(run, "createdAt")), clock.instant());
		return Written.time(soFar.isNegative() ? Duration.ZERO : soFar, texts);
	}

	/**
	 * A program that was run.
	 *
	 * @param isKnown whether the bridge told of it
	 * @param toldErrors whether that is told
	 * @param stderr what it complained of, secrets taken out
	 */
	record Program(boolean isKnown, String runner, String exitCode, String signal, boolean toldErrors, String stderr) {

		static Program of(JsonNode program) {
			return new Program(program.isObject(), Written.text(program, "runner"), Written.text(program, "exitCode"),
					Written.text(program, "signal"), program.path("stderr").isString(),
					Written.text(program, "stderr"));
		}

	}

}
