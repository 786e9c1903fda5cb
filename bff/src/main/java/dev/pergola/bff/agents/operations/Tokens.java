package dev.pergola.bff.agents.operations;

import tools.jackson.databind.JsonNode;

/**
 * Tokens of language models.
 *
 * @param input read by models, also from a cache
 * @param output written by models, reasoning included
 */
record Tokens(long input, long output) {

	static final Tokens NONE = new Tokens(0, 0);

	/**
	 * All entries of AG-UI's {@code usage} together.
	 * @param usage list of {@code TokenUsage}, or one; what is neither counts nothing
	 */
	static Tokens of(JsonNode usage) {
		if (usage.isArray()) {
			return usage.valueStream().map(Tokens::one).reduce(NONE, Tokens::plus);
		}
		return one(usage);
	}

	long total() {
		return this.input + this.output;
	}

	Tokens plus(Tokens more) {
		return new Tokens(this.input + more.input, this.output + more.output);
	}

	private static Tokens one(JsonNode entry) {
		long input = count(entry, "inputTokens");
		long output = count(entry, "outputTokens");
		// Some producers know no more than the sum.
		return new Tokens(input, (input + output == 0) ? count(entry, "totalTokens") : output);
	}

	private static long count(JsonNode entry, String name) {
		JsonNode value = entry.path(name);
		return value.canConvertToLong() ? Math.max(0, value.longValue()) : 0;
	}

}
