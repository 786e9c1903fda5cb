package dev.pergola.bridge.driver.claude;

import dev.pergola.bridge.driver.Approval;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Claude's requests for leave.
 */
final class ClaudeRequests {

	private ClaudeRequests() {
	}

	/**
	 * @param subagent invocation that asks, {@code null} for the agent itself
	 */
	static Approval approval(String id, JsonNode request, @Nullable String subagent) {
		String tool = request.path("tool_name").asString("tool");
		boolean lasting = !request.path("permission_suggestions").isEmpty()
				&& !request.path("suppress_always_allow_rule").asBoolean(false);
		return new Approval(id, tool, text(request, "tool_use_id"), subagent, sentence(tool, request),
				request.path("input"), lasting, request);
	}

	private static String sentence(String tool, JsonNode request) {
		String title = text(request, "title");
		String description = text(request, "description");
		if (title != null) {
			return title;
		}
		return (description != null) ? "The agent wants to use %s: %s".formatted(tool, description)
				: "The agent wants to use %s.".formatted(tool);
	}

	private static @Nullable String text(JsonNode node, String field) {
		String text = node.path(field).asString("");
		return text.isEmpty() ? null : text;
	}

}
