package dev.pergola.manifests;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import tools.jackson.databind.JsonNode;

/**
 * A value of a manifest that may be of any kind, or missing: checks walk over it whatever
 * the schema said.
 */
record Field(String pointer, JsonNode node) {

	Field at(String name) {
		return new Field(Pointer.child(this.pointer, name), this.node.path(name));
	}

	boolean exists() {
		return !this.node.isMissingNode();
	}

	/** The text, when it is one. */
	Optional<String> text() {
		return this.node.isString() ? Optional.of(this.node.asString()) : Optional.empty();
	}

	boolean is(String text) {
		return text().filter(text::equals).isPresent();
	}

	/** Entries of a list, none when it is not one. */
	List<Field> items() {
		List<Field> items = new ArrayList<>();
		if (this.node.isArray()) {
			for (JsonNode item : this.node) {
				items.add(new Field(Pointer.child(this.pointer, items.size()), item));
			}
		}
		return items;
	}

	/** Entries of an object in their order, none when it is not one. */
	Map<String, Field> entries() {
		Map<String, Field> entries = new LinkedHashMap<>();
		this.node.propertyStream().forEach((entry) -> entries.put(entry.getKey(), at(entry.getKey())));
		return entries;
	}

}
