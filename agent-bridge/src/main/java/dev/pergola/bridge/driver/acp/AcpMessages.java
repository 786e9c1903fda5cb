package dev.pergola.bridge.driver.acp;

import java.nio.file.Path;

import dev.pergola.bridge.driver.JsonLines;
import dev.pergola.bridge.driver.TurnEnd;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Parameters of what the client asks, and what an agent's reason to stop means.
 */
final class AcpMessages {

	static final int AUTH_REQUIRED = -32000;

	private AcpMessages() {
	}

	/** Says the same in the words of both versions: the answer tells which one counts. */
	static ObjectNode initialize(int version) {
		ObjectNode params = JsonLines.object().put("protocolVersion", version);
		params.putObject("info").put("name", "pergola").put("version", "1");
		params.putObject("capabilities");
		params.putObject("clientInfo").put("name", "pergola").put("version", "1");
		ObjectNode client = params.putObject("clientCapabilities").put("terminal", false);
		client.putObject("fs").put("readTextFile", false).put("writeTextFile", false);
		return params;
	}

	static ObjectNode newSession(Path directory) {
		ObjectNode params = JsonLines.object().put("cwd", directory.toAbsolutePath().toString());
		params.putArray("mcpServers");
		return params;
	}

	static ObjectNode prompt(String sessionId, @Nullable String history, String text) {
		ObjectNode params = JsonLines.object().put("sessionId", sessionId);
		ArrayNode blocks = params.putArray("prompt");
		if (history != null) {
			blocks.addObject().put("type", "text").put("text", history);
		}
		blocks.addObject().put("type", "text").put("text", text);
		return params;
	}

	static TurnEnd end(String stopReason, @Nullable ObjectNode usage) {
		return switch (stopReason) {
			case "end_turn" -> new TurnEnd.Finished(usage);
			case "cancelled" -> new TurnEnd.Stopped("interrupted", usage);
			case "max_tokens" -> new TurnEnd.Stopped("max-tokens", usage);
			case "max_turn_requests" -> new TurnEnd.Stopped("max-turns", usage);
			case "refusal" -> new TurnEnd.Failed("AGENT_REFUSED", "The agent refused to answer.", usage);
			default -> new TurnEnd.Failed("AGENT_ERROR", "The agent could not finish its answer.", usage);
		};
	}

}
