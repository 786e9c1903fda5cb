package dev.pergola.bff.formats;

import java.util.Optional;

import dev.pergola.bff.agui.AgUiEvents;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** JSON of requests and answers. */
final class Json {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private Json() {
	}

	static ObjectNode object() {
		return JSON.createObjectNode();
	}

	static ArrayNode array() {
		return JSON.createArrayNode();
	}

	static byte[] bytes(JsonNode node) {
		return JSON.writeValueAsBytes(node);
	}

	/** An object on one line. */
	static String text(JsonNode node) {
		return JSON.writeValueAsString(node);
	}

	/** Reads an object; empty when the text is none. */
	static Optional<ObjectNode> read(String text) {
		return (AgUiEvents.read(text) instanceof ObjectNode object) ? Optional.of(object) : Optional.empty();
	}

	/** A text, empty where there is none. */
	static String text(JsonNode node, String field) {
		return node.path(field).isString() ? node.path(field).stringValue() : "";
	}

}
