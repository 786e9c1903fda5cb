package dev.pergola.registry.openapi;

import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/**
 * References of a description; its reader has seen to it that all lead into the file
 * itself.
 */
final class References {

	private static final int MAX_STEPS = 32;

	private References() {
	}

	/**
	 * The node a reference leads to.
	 * @return the node itself without one; missing when it leads nowhere or in a circle
	 */
	static JsonNode resolve(JsonNode root, JsonNode node) {
		JsonNode found = node;
		for (int i = 0; i < MAX_STEPS && found.path("$ref").isString(); i++) {
			found = target(root, found.path("$ref").stringValue());
		}
		return found.path("$ref").isString() ? root.path("") : found;
	}

	private static JsonNode target(JsonNode root, String reference) {
		String pointer = reference.substring(1).replace("%7B", "{").replace("%7D", "}");
		if (!pointer.startsWith("/")) {
			return root.path("");
		}
		return root.at(JsonPointer.compile(pointer));
	}

}
