package dev.pergola.bff.formats;

import java.util.List;
import java.util.Set;
import java.util.function.Function;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A conversation in the words of Chat Completions. */
final class ChatMessages {

	private final Set<String> answered;

	private final ArrayNode messages;

	/**
	 * Messages after those that are there.
	 * @param asked whose conversation it is
	 */
	ChatMessages(Asked asked, ArrayNode messages) {
		this.answered = asked.answered();
		this.messages = messages;
	}

	void add(JsonNode message) {
		String role = Json.text(message, "role");
		switch (role) {
			case "system", "developer" ->
				this.messages.addObject().put("role", role).put("content", Asked.text(message.path("content")));
			case "user" -> this.messages.addObject().put("role", role).set("content", content(message.path("content")));
			case "tool" -> this.messages.addObject()
				.put("role", role)
				.put("tool_call_id", Json.text(message, "toolCallId"))
				.put("content", Asked.text(message.path("content")));
			case "assistant" -> assistant(message);
			default -> {
				// What was thought and done on the side is not part of what was said.
			}
		}
	}

	// What was said and called in one go is one message: its answers have to follow it.
	private void assistant(JsonNode message) {
		String text = Asked.text(message.path("content"));
		List<JsonNode> calls = Asked.calls(message, this.answered);
		if (text.isEmpty() && calls.isEmpty()) {
			return;
		}
		ObjectNode told = last();
		String before = Json.text(told, "content");
		told.put("content", (before.isEmpty() || text.isEmpty()) ? before + text : before + "\n\n" + text);
		for (JsonNode call : calls) {
			told.withArray("tool_calls")
				.addObject()
				.put("id", Json.text(call, "id"))
				.put("type", "function")
				.putObject("function")
				.put("name", Json.text(call.path("function"), "name"))
				.put("arguments", Json.text(call.path("function"), "arguments"));
		}
	}

	private ObjectNode last() {
		boolean goesOn = !this.messages.isEmpty()
				&& Json.text(this.messages.get(this.messages.size() - 1), "role").equals("assistant");
		return goesOn ? (ObjectNode) this.messages.get(this.messages.size() - 1)
				: this.messages.addObject().put("role", "assistant");
	}

	private static JsonNode content(JsonNode content) {
		if (content.isString()) {
			return content;
		}
		Function<JsonNode, ObjectNode> part = (each) -> switch (Json.text(each, "type")) {
			case "text" -> Json.object().put("type", "text").put("text", Json.text(each, "text"));
			case "image" -> {
				ObjectNode image = Json.object().put("type", "image_url");
				image.putObject("image_url").put("url", Asked.address(each));
				yield Asked.address(each).isEmpty() ? Json.object() : image;
			}
			default -> Json.object();
		};
		ArrayNode parts = Json.array();
		Asked.parts(content).stream().map(part).filter((each) -> !each.isEmpty()).forEach(parts::add);
		return parts;
	}

}
