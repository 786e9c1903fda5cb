package dev.pergola.cli.command;

import java.util.List;
import java.util.stream.Collectors;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Values of JSON as text for people. */
final class Json {

	private Json() {
	}

	static String text(JsonNode node, String name) {
		JsonNode value = node.path(name);
		return value.isNull() ? "" : value.asString("");
	}

	/** Texts of a list, with commas between. */
	static String list(JsonNode list) {
		return list.valueStream().map((each) -> each.asString("")).collect(Collectors.joining(", "));
	}

	static ObjectNode object() {
		return JsonMapper.shared().createObjectNode();
	}

	/** A row of texts, by their names. */
	static List<String> row(JsonNode node, String... names) {
		return List.of(names).stream().map((name) -> text(node, name)).toList();
	}

}
