package dev.pergola.bridge.driver;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tokens spent, counted as AG-UI counts: what was read from a cache or written to one is
 * part of the input, what was spent on reasoning is part of the output.
 *
 * @param input all input
 * @param output all output
 * @param cachedInput part of the input that was read from a cache
 * @param cacheWriteInput part of the input that was written to one
 * @param reasoning part of the output
 */
public record Tokens(long input, long output, long cachedInput, long cacheWriteInput, long reasoning) {

	public static final Tokens NONE = new Tokens(0, 0, 0, 0, 0);

	/** Reads what AG-UI calls a `TokenUsage`; what is missing counts nothing. */
	public static Tokens of(JsonNode usage) {
		return new Tokens(usage.path("inputTokens").asLong(0), usage.path("outputTokens").asLong(0),
				usage.path("cachedInputTokens").asLong(0), usage.path("cacheWriteInputTokens").asLong(0),
				usage.path("reasoningTokens").asLong(0));
	}

	public Tokens plus(Tokens other) {
		return new Tokens(this.input + other.input, this.output + other.output, this.cachedInput + other.cachedInput,
				this.cacheWriteInput + other.cacheWriteInput, this.reasoning + other.reasoning);
	}

	public Tokens minus(Tokens other) {
		return new Tokens(Math.max(0, this.input - other.input), Math.max(0, this.output - other.output),
				Math.max(0, this.cachedInput - other.cachedInput),
				Math.max(0, this.cacheWriteInput - other.cacheWriteInput),
				Math.max(0, this.reasoning - other.reasoning));
	}

	public Tokens max(Tokens other) {
		return new Tokens(Math.max(this.input, other.input), Math.max(this.output, other.output),
				Math.max(this.cachedInput, other.cachedInput), Math.max(this.cacheWriteInput, other.cacheWriteInput),
				Math.max(this.reasoning, other.reasoning));
	}

	/**
	 * An AG-UI `TokenUsage`.
	 * @param provider who served the model, {@code null} where unknown
	 * @param model {@code null} where unknown, or several
	 * @return {@code null} where nothing was spent
	 */
	public @Nullable ObjectNode toAgUi(@Nullable String provider, @Nullable String model) {
		if (equals(NONE)) {
			return null;
		}
		ObjectNode usage = JsonLines.object();
		if (provider != null) {
			usage.put("provider", provider);
		}
		if (model != null) {
			usage.put("model", model);
		}
		return usage.put("inputTokens", this.input)
			.put("outputTokens", this.output)
			.put("totalTokens", this.input + this.output)
			.put("reasoningTokens", this.reasoning)
			.put("cachedInputTokens", this.cachedInput)
			.put("cacheWriteInputTokens", this.cacheWriteInput);
	}

}
