package dev.pergola.registry.openapi;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import tools.jackson.databind.JsonNode;

/**
 * Types, fields and required fields of a schema, those of its {@code allOf} included.
 *
 * @param types empty when any type will do; {@code null} among them when it may be null
 */
record SchemaParts(Set<String> types, Map<String, JsonNode> properties, Set<String> required) {

	/** Parts past these are left aside; parts may contain one another, and in circles. */
	private static final int MAX_PARTS = 64;

	static SchemaParts of(JsonNode schema, Description description) {
		SchemaParts parts = new SchemaParts(new LinkedHashSet<>(), new LinkedHashMap<>(), new LinkedHashSet<>());
		Map<JsonNode, Boolean> met = new IdentityHashMap<>();
		Deque<JsonNode> open = new ArrayDeque<>(List.of(schema));
		while (!open.isEmpty() && met.size() < MAX_PARTS) {
			JsonNode part = description.resolve(open.poll());
			if (met.put(part, true) == null) {
				parts.add(part);
				part.path("allOf").forEach(open::add);
			}
		}
		return parts;
	}

	private void add(JsonNode schema) {
		JsonNode type = schema.path("type");
		if (type.isString()) {
			this.types.add(type.stringValue());
		}
		type.forEach((each) -> this.types.add(each.asString("")));
		if (schema.path("nullable").asBoolean(false)) {
			this.types.add("null");
		}
		schema.path("properties").properties().forEach((each) -> this.properties.put(each.getKey(), each.getValue()));
		schema.path("required").forEach((each) -> this.required.add(each.asString("")));
	}

}
