package dev.pergola.bff.contracts;

import java.util.ArrayList;
import java.util.List;

import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/**
 * A place in a description, references followed.
 *
 * @param pointer JSON pointer from the root
 */
record Place(JsonNode root, JsonPointer pointer, JsonNode node) {

	private static final int MAX_STEPS = 32;

	static Place of(JsonNode root) {
		return new Place(root, JsonPointer.empty(), root);
	}

	/** The place below; missing when there is none. */
	Place at(String name) {
		Place place = new Place(this.root, this.pointer.appendProperty(name), this.node.path(name));
		for (int i = 0; i < MAX_STEPS && place.node.path("$ref").isString(); i++) {
			place = target(place.node.path("$ref").stringValue());
		}
		return place;
	}

	/** Places of a list. */
	List<Place> items() {
		List<Place> items = new ArrayList<>();
		for (int i = 0; i < this.node.size() && this.node.isArray(); i++) {
			Place item = new Place(this.root, this.pointer.appendIndex(i), this.node.path(i));
			items.add(item.node.path("$ref").isString() ? target(item.node.path("$ref").stringValue()) : item);
		}
		return items;
	}

	/** Names of what is below, in the order of the document. */
	List<String> names() {
		return List.copyOf(this.node.propertyNames());
	}

	boolean exists() {
		return !this.node.isMissingNode() && !this.node.isNull();
	}

	private Place target(String reference) {
		if (!reference.startsWith("#/")) {
			throw new IllegalArgumentException("reference: no JSON pointer");
		}
		JsonPointer target = JsonPointer.compile(reference.substring(1).replace("%7B", "{").replace("%7D", "}"));
		return new Place(this.root, target, this.root.at(target));
	}

}
