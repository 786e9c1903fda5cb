package dev.pergola.bff.formats;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What is read of a {@code RunAgentInput} in several formats. */
record Asked(ObjectNode input) {

	String runId() {
		return Json.text(this.input, "runId");
	}

	List<JsonNode> messages() {
		return entries("messages");
	}

	/** Names of the calls that somebody has answered. */
	Set<String> answered() {
		return messages().stream()
			.filter((message) -> Json.text(message, "role").equals("tool"))
			.map((message) -> Json.text(message, "toolCallId"))
			.collect(Collectors.toSet());
	}

	/** Calls of a message that were answered: models take no others. */
	static List<JsonNode> calls(JsonNode message, Set<String> answered) {
		return list(message.path("toolCalls")).stream()
			.filter((call) -> answered.contains(Json.text(call, "id")))
			.toList();
	}

	/** Tools the page offers, each with a name. */
	List<JsonNode> tools() {
		return entries("tools").stream().filter((tool) -> !Json.text(tool, "name").isEmpty()).toList();
	}

	/** What the page says about itself, for models; empty when nothing. */
	String context() {
		StringBuilder text = new StringBuilder();
		for (JsonNode entry : entries("context")) {
			text.append(text.isEmpty() ? "" : "\n")
				.append(Json.text(entry, "description"))
				.append(": ")
				.append(Json.text(entry, "value"));
		}
		return text.toString();
	}

	/** Parts of a message's content; a text is one. */
	static List<JsonNode> parts(JsonNode content) {
		if (content.isString()) {
			return content.stringValue().isEmpty() ? List.of()
					: List.of(Json.object().put("type", "text").put("text", content.stringValue()));
		}
		return list(content);
	}

	/** Texts of a message's content, other parts left out. */
	static String text(JsonNode content) {
		StringBuilder text = new StringBuilder();
		parts(content).forEach((part) -> text.append(Json.text(part, "text")));
		return text.toString();
	}

	/** JSON Schema of a tool's arguments. */
	static JsonNode parameters(JsonNode tool) {
		return tool.path("parameters").isObject() ? tool.get("parameters") : Json.object().put("type", "object");
	}

	/** An address of a part's bytes: a URL, or the bytes themselves as one. */
	static String address(JsonNode part) {
		JsonNode source = part.path("source");
		return switch (Json.text(source, "type")) {
			case "url" -> Json.text(source, "value");
			case "data" -> "data:" + Json.text(source, "mimeType") + ";base64," + Json.text(source, "value");
			default -> "";
		};
	}

	private List<JsonNode> entries(String field) {
		return list(this.input.path(field));
	}

	private static List<JsonNode> list(JsonNode node) {
		List<JsonNode> list = new ArrayList<>();
		if (node.isArray()) {
			node.forEach(list::add);
		}
		return list;
	}

}
