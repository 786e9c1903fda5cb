package dev.pergola.bridge.driver.acp;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import dev.pergola.bridge.agui.EventWriter;
import tools.jackson.databind.JsonNode;

/**
 * Calls of tools, told once whatever the number of updates.
 */
final class AcpToolCalls {

	private final EventWriter writer;

	private final Map<String, String> output = new HashMap<>();

	private final Set<String> ended = new HashSet<>();

	AcpToolCalls(EventWriter writer) {
		this.writer = writer;
	}

	void hear(JsonNode call) {
		String id = call.path("toolCallId").asString("");
		if (id.isEmpty() || this.ended.contains(id)) {
			return;
		}
		this.writer.tool(id, name(call), null, null);
		if (call.hasNonNull("rawInput")) {
			this.writer.arguments(id, call.path("rawInput").toString());
			this.writer.endTool(id);
		}
		if (call.hasNonNull("content")) {
			this.output.put(id,
					call.path("content").valueStream().map(AcpToolCalls::text).collect(Collectors.joining("\n")));
		}
		switch (call.path("status").asString("")) {
			case "completed" -> end(id, call, false);
			case "failed", "cancelled" -> end(id, call, true);
			default -> {
			}
		}
	}

	/** A further item of what a tool put out. */
	void piece(JsonNode update) {
		this.output.merge(update.path("toolCallId").asString(""), text(update.path("content")),
				(before, more) -> before + "\n" + more);
	}

	private void end(String id, JsonNode call, boolean failed) {
		this.ended.add(id);
		this.writer.arguments(id, "{}");
		String text = this.output.getOrDefault(id, "");
		this.output.remove(id);
		this.writer.result(id,
				(text.isEmpty() && call.hasNonNull("rawOutput")) ? call.path("rawOutput").toString() : text, failed,
				null);
	}

	private static String name(JsonNode call) {
		for (String field : new String[] { "name", "title", "kind" }) {
			String name = call.path(field).asString("");
			if (!name.isEmpty()) {
				return name;
			}
		}
		return "tool";
	}

	private static String text(JsonNode content) {
		return switch (content.path("type").asString("")) {
			case "content" -> AcpUpdates.text(content.path("content"));
			case "diff" -> "changed " + content.path("path").asString("");
			default -> "";
		};
	}

}
