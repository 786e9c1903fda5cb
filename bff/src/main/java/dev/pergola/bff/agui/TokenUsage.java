package dev.pergola.bff.agui;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What calls of one model cost, counted as AG-UI 1.1 says under "Token usage": input and
 * output are totals, the others are parts of them. {@code null} for what was not told.
 *
 * @param inputTokens all tokens of prompts, read from a cache or written to one or not
 * @param outputTokens all tokens made, reasoning included
 * @param cachedInputTokens those of the input that were read from a cache
 * @param cacheWriteInputTokens those of the input that were written to one
 * @param reasoningTokens those of the output that were reasoning
 */
public record TokenUsage(@Nullable String provider, @Nullable String model, @Nullable Long inputTokens,
		@Nullable Long outputTokens, @Nullable Long cachedInputTokens, @Nullable Long cacheWriteInputTokens,
		@Nullable Long reasoningTokens) {

	/**
	 * A count of an answer.
	 * @return {@code null} when it is none
	 */
	public static @Nullable Long count(JsonNode count) {
		return (count.isIntegralNumber() && count.asLong(-1) >= 0) ? Long.valueOf(count.asLong()) : null;
	}

	/**
	 * A total and what was told beside it.
	 * @return {@code null} when neither was told
	 */
	public static @Nullable Long sum(@Nullable Long... counts) {
		Long sum = null;
		for (Long count : counts) {
			if (count != null) {
				sum = ((sum != null) ? sum : 0) + count;
			}
		}
		return sum;
	}

	/** As an entry of {@code usage}. */
	ObjectNode json() {
		ObjectNode json = AgUiEvents.object();
		text(json, "provider", this.provider);
		text(json, "model", this.model);
		count(json, "inputTokens", this.inputTokens);
		count(json, "outputTokens", this.outputTokens);
		count(json, "reasoningTokens", this.reasoningTokens);
		count(json, "cachedInputTokens", this.cachedInputTokens);
		count(json, "cacheWriteInputTokens", this.cacheWriteInputTokens);
		total(json);
		return json;
	}

	/** Whoever adds up differently is not copied. */
	static void total(ObjectNode usage) {
		JsonNode input = usage.path("inputTokens");
		JsonNode output = usage.path("outputTokens");
		if (input.isNumber() && output.isNumber()) {
			usage.put("totalTokens", input.asLong() + output.asLong());
		}
	}

	private static void text(ObjectNode json, String name, @Nullable String value) {
		if (value != null) {
			json.put(name, value);
		}
	}

	private static void count(ObjectNode json, String name, @Nullable Long value) {
		if (value != null) {
			json.put(name, value);
		}
	}

}
