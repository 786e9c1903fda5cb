package dev.pergola.bridge.driver.acp;

import dev.pergola.bridge.driver.Tokens;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Counts what each run spent: version 1 adds up over a session, version 2 does not.
 */
final class AcpUsage {

	private Tokens told = Tokens.NONE;

	@Nullable ObjectNode ofSession(JsonNode usage) {
		Tokens total = tokens(usage);
		Tokens spent = total.minus(this.told);
		this.told = this.told.max(total);
		return spent.toAgUi(null, null);
	}

	@Nullable ObjectNode ofWork(JsonNode usage) {
		return tokens(usage).toAgUi(null, null);
	}

	/**
	 * Where the total is the sum of all kinds, caches and thoughts are counted beside.
	 */
	private static Tokens tokens(JsonNode usage) {
		long input = usage.path("inputTokens").asLong(0);
		long output = usage.path("outputTokens").asLong(0);
		long read = usage.path("cachedReadTokens").asLong(0);
		long written = usage.path("cachedWriteTokens").asLong(0);
		long thought = usage.path("thoughtTokens").asLong(0);
		boolean isBeside = usage.path("totalTokens").asLong(0) >= input + output + read + written + thought;
		return isBeside ? new Tokens(input + read + written, output + thought, read, written, thought)
				: new Tokens(input, output, read, written, thought);
	}

}
