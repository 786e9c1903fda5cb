package dev.pergola.bridge.driver.claude;

import dev.pergola.bridge.agui.EventWriter;
import dev.pergola.bridge.driver.JsonLines;
import tools.jackson.databind.node.ObjectNode;

/**
 * What Claude reports beside its answer, as custom events; what is not known is left out.
 */
final class ClaudeNotices {

	private final EventWriter writer;

	ClaudeNotices(EventWriter writer) {
		this.writer = writer;
	}

	void tell(String kind, ObjectNode line) {
		switch (kind) {
			case "api_retry" -> this.writer.custom("pergola.retry", value(line, "attempt", "attempt", "max_retries",
					"maxAttempts", "retry_delay_ms", "delayMillis", "error_status", "status"));
			case "tool_progress" -> this.writer.custom("pergola.toolProgress",
					value(line, "tool_use_id", "toolCallId", "elapsed_time_seconds", "seconds"));
			case "permission_denied" -> this.writer.custom("pergola.toolRefused",
					value(line, "tool_use_id", "toolCallId", "tool_name", "tool"));
			case "rate_limit_event" -> {
				if (line.path("rate_limit_info") instanceof ObjectNode info) {
					this.writer.custom("pergola.rateLimit",
							value(info, "status", "status", "resetsAt", "resetsAt", "rateLimitType", "limit"));
				}
			}
			default -> {
			}
		}
	}

	/** Pairs of Claude's name and ours; what is missing or null is left out. */
	private static ObjectNode value(ObjectNode line, String... names) {
		ObjectNode value = JsonLines.object();
		for (int index = 0; index < names.length; index += 2) {
			if (line.hasNonNull(names[index])) {
				value.set(names[index + 1], line.get(names[index]));
			}
		}
		return value;
	}

}
