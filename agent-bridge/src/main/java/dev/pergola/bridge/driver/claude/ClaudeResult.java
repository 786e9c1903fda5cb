package dev.pergola.bridge.driver.claude;

import dev.pergola.bridge.driver.TurnEnd;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What Claude's `result` means for the run.
 */
final class ClaudeResult {

	private ClaudeResult() {
	}

	/** Whether further turns may follow by themselves. */
	static boolean isSuccess(ObjectNode result) {
		return result.path("subtype").asString("").equals("success") && !result.path("is_error").asBoolean(false)
				&& !isAborted(result);
	}

	/**
	 * @param interrupted whether the turn was to be interrupted
	 */
	static TurnEnd end(ObjectNode result, boolean interrupted, @Nullable ObjectNode usage) {
		if (isAborted(result)) {
			return new TurnEnd.Stopped("interrupted", usage);
		}
		return switch (result.path("subtype").asString("")) {
			case "success" ->
				result.path("is_error").asBoolean(false) ? refused(result, usage) : new TurnEnd.Finished(usage);
			case "error_max_turns" -> new TurnEnd.Stopped("max-turns", usage);
			case "error_max_budget_usd" -> new TurnEnd.Stopped("max-budget", usage);
			default -> interrupted ? new TurnEnd.Stopped("interrupted", usage)
					: new TurnEnd.Failed("AGENT_ERROR", "The agent could not finish its answer.", usage);
		};
	}

	private static boolean isAborted(ObjectNode result) {
		return result.path("terminal_reason").asString("").startsWith("aborted");
	}

	private static TurnEnd refused(ObjectNode result, @Nullable ObjectNode usage) {
		int status = result.path("api_error_status").asInt(0);
		return (status > 0) ? new TurnEnd.Failed("api_" + status,
				"The model refused the request (status %d).".formatted(status), usage)
				: new TurnEnd.Failed("api_error", "The model could not be reached.", usage);
	}

}
