package dev.pergola.shell.agents;

import dev.pergola.shell.layout.Texts;
import tools.jackson.databind.JsonNode;

/**
 * How runs of an agent, of a team or of all went together, as people read it.
 *
 * @param failures share of those that ended by themselves
 * @param half half of those that ended took no longer
 * @param nearlyAll 19 of 20 took no longer
 * @param firstWord half of those that said something had begun by then
 */
public record Summary(String running, String queued, String lastHour, String lastDay, String failures, String half,
		String nearlyAll, String firstWord, String tokens) {

	/**
	 * Reads a summary.
	 * @param summary as the bff tells it; missing when it does not
	 * @param texts language of the page
	 * @return the summary, dashes for what is not told
	 */
	public static Summary of(JsonNode summary, Texts texts) {
		String tokens = summary.isObject()
				? Written.count(summary.path("inputTokens").asLong(0) + summary.path("outputTokens").asLong(0), texts)
				: Written.NOTHING;
		return new Summary(Written.count(summary, "running", texts), Written.count(summary, "queued", texts),
				Written.count(summary, "runsLastHour", texts), Written.count(summary, "runsLastDay", texts),
				Written.share(summary, "failureShare", texts), Written.time(summary, "durationMillisP50", texts),
				Written.time(summary, "durationMillisP95", texts), Written.time(summary, "firstByteMillisP50", texts),
				tokens);
	}

	/** An agent and how it does. */
	record OfAgent(String module, String agent, String team, Summary summary) {

		static OfAgent of(JsonNode agent, Texts texts) {
			return new OfAgent(Written.text(agent, "module"), Written.text(agent, "agent"), Written.text(agent, "team"),
					Summary.of(agent, texts));
		}

	}

	/**
	 * A team and how its agents do.
	 *
	 * @param hasBudget whether there is a limit
	 * @param spent words for what is spent of the budget
	 * @param share 0 to 1
	 * @param hard whether going runs are cut when nothing is left
	 */
	record OfTeam(String team, Summary summary, boolean hasBudget, String spent, double share, boolean hard) {

		static OfTeam of(JsonNode team, Texts texts) {
			JsonNode budget = team.path("budget");
			double share = budget.isObject()
					? budget.path("spent").asDouble(0) / budget.path("tokensPerDay").asDouble(1) : 0;
			String spent = texts.get("agents.budget.spent", Written.count(budget.path("spent").asLong(0), texts),
					Written.count(budget.path("tokensPerDay").asLong(0), texts));
			return new OfTeam(Written.text(team, "team"), Summary.of(team, texts), budget.isObject(), spent,
					Math.min(share, 1), budget.path("hard").asBoolean(false));
		}

		/** Whether nothing is left of it. */
		public boolean hasNothingLeft() {
			return this.hasBudget && this.share >= 1;
		}

	}

}
