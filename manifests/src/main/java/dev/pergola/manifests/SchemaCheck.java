package dev.pergola.manifests;

import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import tools.jackson.databind.JsonNode;

/** What the JSON Schema finds, in plain sentences. */
final class SchemaCheck {

	private static final JsonNode DOCUMENT = ManifestJson.MAPPER.readTree(ManifestJson.schema());

	private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
		.getSchema(DOCUMENT);

	private SchemaCheck() {
	}

	static void check(JsonNode manifest, Findings findings) {
		for (Error error : SCHEMA.validate(manifest)) {
			add(error, findings);
		}
	}

	private static void add(Error error, Findings findings) {
		String pointer = error.getInstanceLocation().toString();
		String property = error.getProperty();
		switch (error.getKeyword()) {
			case "required" -> findings.add(Pointer.child(pointer, property), "is missing");
			case "additionalProperties" -> findings.addToKey(pointer, property, "unknown field " + Quoted.of(property));
			case "propertyNames" -> findings.addToKey(pointer, property,
					"field %s (expected: %s)".formatted(Quoted.of(property), description(error, true)));
			default -> findings.add(pointer, sentence(error));
		}
	}

	private static String sentence(Error error) {
		Object[] arguments = error.getArguments();
		Object limit = (arguments != null && arguments.length > 0) ? arguments[0] : "";
		return switch (error.getKeyword()) {
			case "type" -> "must be " + kind(error.getSchemaNode());
			case "const" -> "must be " + error.getSchemaNode();
			case "enum" -> "must be one of " + choices(error.getSchemaNode());
			case "pattern" -> "%s (expected: %s)".formatted(Quoted.of(error.getInstanceNode().asString("")),
					description(error, false));
			case "minLength" -> atLeast(limit, "characters");
			case "maxLength" -> "must have at most %s characters".formatted(limit);
			case "minItems", "minProperties" -> atLeast(limit, "entries");
			case "maxItems", "maxProperties" -> "must have at most %s entries".formatted(limit);
			case "minimum" -> "must be %s or more".formatted(limit);
			case "maximum" -> "must be %s or less".formatted(limit);
			case "uniqueItems" -> "must not name anything twice";
			default -> error.getMessage();
		};
	}

	private static String atLeast(Object limit, String what) {
		return limit.toString().equals("1") ? "must not be empty" : "must have at least %s %s".formatted(limit, what);
	}

	private static String kind(JsonNode type) {
		return switch (type.asString("")) {
			case "object" -> "an object";
			case "array" -> "a list";
			case "integer" -> "a whole number";
			case "boolean" -> "true or false";
			default -> "a string";
		};
	}

	private static String choices(JsonNode values) {
		return StreamSupport.stream(values.spliterator(), false)
			.map((value) -> value.asString(""))
			.collect(Collectors.joining(", "));
	}

	/** The description that stands beside the pattern in the schema. */
	private static String description(Error error, boolean ofNames) {
		String fragment = error.getSchemaLocation().getFragment().toString();
		JsonNode place = DOCUMENT.at(ofNames ? fragment : fragment.substring(0, fragment.lastIndexOf('/')));
		String reference = place.path("$ref").asString("");
		JsonNode described = reference.isEmpty() ? place : DOCUMENT.at(reference.substring(1));
		return described.path("description").asString("another shape");
	}

}
