package dev.pergola.bridge.driver.codex;

import dev.pergola.bridge.agui.EventWriter;
import dev.pergola.bridge.driver.JsonLines;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Items of a turn: messages, thoughts and work. Kinds that are not known are left out.
 */
final class CodexItems {

	private final EventWriter writer;

	private final String runId;

	CodexItems(EventWriter writer, String runId) {
		this.writer = writer;
		this.runId = runId;
	}

	/** Work is told as it begins; messages come whole. */
	void started(JsonNode item) {
		String id = id(item);
		switch (kind(item)) {
			case "command_execution" -> this.writer.wholeTool(id, "command", arguments(item, "command"), null, null);
			case "file_change" -> this.writer.wholeTool(id, "file_change", arguments(item, "changes"), null, null);
			case "web_search" -> this.writer.wholeTool(id, "web_search", arguments(item, "query"), null, null);
			case "mcp_tool_call" -> this.writer.wholeTool(id, item.path("tool").asString("tool"),
					item.has("arguments") ? item.path("arguments").toString() : "{}", null, null);
			case "todo_list" -> this.writer.custom("pergola.plan", plan(item.path("items")));
			default -> {
			}
		}
	}

	void completed(JsonNode item) {
		String id = id(item);
		switch (kind(item)) {
			case "agent_message" -> {
				this.writer.text(id, item.path("text").asString(""), null);
				this.writer.endText(id);
			}
			case "reasoning" -> {
				this.writer.reasoning(id, item.path("text").asString(""), null);
				this.writer.endReasoning(id);
			}
			case "command_execution" -> {
				started(item);
				this.writer.result(id, item.path("aggregated_output").asString(""),
						item.path("exit_code").asInt(0) != 0, null);
			}
			case "mcp_tool_call" -> {
				started(item);
				boolean failed = item.path("status").asString("").equals("failed");
				JsonNode result = item.path(failed ? "error" : "result");
				this.writer.result(id, result.isMissingNode() ? "" : result.toString(), failed, null);
			}
			case "file_change", "web_search" -> {
				started(item);
				this.writer.result(id, item.path("status").asString("completed"),
						item.path("status").asString("").equals("failed"), null);
			}
			case "todo_list" -> started(item);
			default -> {
			}
		}
	}

	/** Ids of items begin anew with each process; those of events must not. */
	private String id(JsonNode item) {
		return this.runId + ":" + item.path("id").asString("item");
	}

	private static String kind(JsonNode item) {
		return item.path("type").asString(item.path("item_type").asString(""));
	}

	private static String arguments(JsonNode item, String field) {
		ObjectNode arguments = JsonLines.object();
		arguments.set(field, item.path(field).isMissingNode() ? arguments.nullNode() : item.path(field));
		return arguments.toString();
	}

	private static ObjectNode plan(JsonNode items) {
		ObjectNode plan = JsonLines.object();
		var entries = plan.putArray("entries");
		for (JsonNode item : items) {
			entries.addObject()
				.put("text", item.path("text").asString(""))
				.put("status", item.path("completed").asBoolean(false) ? "completed" : "pending");
		}
		return plan;
	}

}
