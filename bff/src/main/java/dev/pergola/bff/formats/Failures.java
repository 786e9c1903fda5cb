package dev.pergola.bff.formats;

import java.util.List;
import java.util.Locale;

import dev.pergola.bff.agui.AgUiEvents;
import tools.jackson.databind.node.ObjectNode;

/**
 * Errors an agent tells of in the middle of its answer. Its own words stay out of the
 * run: they may hold keys and addresses.
 */
final class Failures {

	private Failures() {
	}

	/**
	 * The end of a run that a model's server could not do.
	 * @param kind what the server calls it, such as {@code overloaded_error}
	 */
	static List<ObjectNode> told(String kind) {
		String word = kind.toLowerCase(Locale.ROOT);
		if (word.contains("overload") || word.contains("rate_limit") || word.contains("quota")
				|| word.contains("too_many") || word.contains("429")) {
			return end("AGENT_BUSY", "The agent is busy.");
		}
		if (word.contains("auth") || word.contains("permission") || word.contains("api_key") || word.contains("401")
				|| word.contains("403")) {
			return end("AGENT_REFUSED", "The agent refused the request.");
		}
		if (word.contains("unavailable") || word.contains("timeout") || word.contains("503") || word.contains("529")) {
			return end("AGENT_UNAVAILABLE", "The agent is not reachable.");
		}
		return end("AGENT_FAILED", "The agent failed.");
	}

	/** The end of a run whose request the agent would not do. */
	static List<ObjectNode> declined() {
		return end("AGENT_DECLINED", "The agent declined the request.");
	}

	/** The end of a run whose answer is not what the format says. */
	static List<ObjectNode> malformed() {
		return end("AGENT_PROTOCOL", "The agent sent something that is no event.");
	}

	private static List<ObjectNode> end(String code, String message) {
		return List.of(AgUiEvents.runError(code, message));
	}

}
