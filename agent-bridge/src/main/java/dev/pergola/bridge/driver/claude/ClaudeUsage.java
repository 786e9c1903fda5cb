package dev.pergola.bridge.driver.claude;

import java.util.HashMap;
import java.util.Map;

import dev.pergola.bridge.driver.Tokens;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Counts what each run of a dialogue spent. Claude counts what it read from a cache or
 * wrote to one beside its input, and adds up over turns; AG-UI counts all input as one
 * and each run alone.
 */
final class ClaudeUsage {

	private final Map<String, Tokens> messages = new HashMap<>();

	private Tokens told = Tokens.NONE;

	private @Nullable String model;

	void model(String name) {
		this.model = name;
	}

	/**
	 * What a message has spent so far; a later word about it replaces an earlier one.
	 */
	void message(String messageId, JsonNode usage) {
		Tokens spent = tokens(usage.path("input_tokens"), usage.path("output_tokens"),
				usage.path("cache_read_input_tokens"), usage.path("cache_creation_input_tokens"),
				usage.path("output_tokens_details").path("thinking_tokens"));
		this.messages.merge(messageId, spent, Tokens::max);
	}

	/** What this run has spent while it runs. */
	@Nullable ObjectNode soFar() {
		return sum().toAgUi("anthropic", this.model);
	}

	/** What this run spent, where the turn goes on in another run. */
	@Nullable ObjectNode untilNow() {
		return tell(this.told.plus(sum()));
	}

	/**
	 * What this run spent, where the turn is over.
	 * @param modelUsage what all turns of this program spent, by model
	 */
	@Nullable ObjectNode of(JsonNode modelUsage) {
		if (modelUsage.isEmpty()) {
			return untilNow();
		}
		Tokens total = Tokens.NONE;
		for (JsonNode one : modelUsage) {
			total = total
				.plus(tokens(one.path("inputTokens"), one.path("outputTokens"), one.path("cacheReadInputTokens"),
						one.path("cacheCreationInputTokens"), one.path("thinkingTokens")));
		}
		this.model = (modelUsage.size() == 1) ? modelUsage.propertyNames().iterator().next() : null;
		return tell(total);
	}

	private @Nullable ObjectNode tell(Tokens total) {
		Tokens spent = total.minus(this.told);
		this.told = this.told.max(total);
		this.messages.clear();
		return spent.toAgUi("anthropic", this.model);
	}

	private Tokens sum() {
		return this.messages.values().stream().reduce(Tokens.NONE, Tokens::plus);
	}

	private static Tokens tokens(JsonNode input, JsonNode output, JsonNode read, JsonNode written, JsonNode thought) {
		long allInput = input.asLong(0) + read.asLong(0) + written.asLong(0);
		return new Tokens(allInput, output.asLong(0), read.asLong(0), written.asLong(0), thought.asLong(0));
	}

}
