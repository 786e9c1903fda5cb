package dev.pergola.registry.openapi;

import java.util.ArrayDeque;
import java.util.Deque;

import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/**
 * References of a description. Only those into the file itself are followed: the registry
 * never fetches what a stranger's file names.
 */
final class References {

	private static final int MAX_STEPS = 32;

	private References() {
	}

	/** Refuses a description that leads out of itself. */
	static void check(JsonNode root) throws UnreadableDescriptionException {
		Deque<JsonNode> open = new ArrayDeque<>();
		open.push(root);
		while (!open.isEmpty()) {
			JsonNode node = open.pop();
			JsonNode reference = node.path("$ref");
			if (reference.isString() && !reference.stringValue().startsWith("#")) {
				throw new UnreadableDescriptionException("has a $ref to another document; put all of it into one file");
			}
			node.forEach(open::push);
		}
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
