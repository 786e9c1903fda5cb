package dev.pergola.bridge.driver;

import java.time.Instant;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A tool an agent wants to use, for which it waits for leave.
 *
 * @param id Names the request to the program, and the interrupt.
 * @param tool The tool's name.
 * @param toolCallId Call it is about, {@code null} where the program names none.
 * @param subagent Invocation that asks, {@code null} for the agent itself.
 * @param sentence What a person reads.
 * @param arguments Exactly what the tool is to be called with.
 * @param lasting Whether a person may allow further calls of the kind.
 * @param request What the program said.
 */
public record Approval(String id, String tool, @Nullable String toolCallId, @Nullable String subagent, String sentence,
		JsonNode arguments, boolean lasting, JsonNode request) {

	/**
	 * The AG-UI interrupt that asks a person.
	 */
	public ObjectNode interrupt(Instant expiresAt) {
		ObjectNode interrupt = JsonLines.object()
			.put("id", this.id)
			.put("reason", "tool_call")
			.put("message", this.sentence);
		if (this.toolCallId != null) {
			interrupt.put("toolCallId", this.toolCallId);
		}
		if (this.subagent != null) {
			interrupt.put("subagentRunId", this.subagent);
		}
		interrupt.set("responseSchema", schema());
		interrupt.put("expiresAt", expiresAt.toString());
		interrupt.putObject("metadata").put("tool", this.tool).set("arguments", this.arguments);
		return interrupt;
	}

	/**
	 * What was decided about it.
	 * @param reason `answered`, `abandoned` or `cancelled`
	 */
	public Decision decided(Verdict verdict, String reason) {
		return Decision.of(this, verdict, reason);
	}

	private ObjectNode schema() {
		ObjectNode schema = JsonLines.object().put("type", "object");
		ObjectNode properties = schema.putObject("properties");
		ArrayNode decisions = properties.putObject("decision").putArray("enum");
		for (Verdict verdict : Verdict.values()) {
			if (verdict != Verdict.ALWAYS || this.lasting) {
				decisions.add(verdict.text());
			}
		}
		properties.putObject("reason").put("type", "string");
		schema.putArray("required").add("decision");
		return schema;
	}

}
