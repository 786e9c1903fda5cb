package dev.pergola.manifests;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A JSON text as a tree that remembers where each value stood. Depth, lengths and the
 * number of tokens are bounded.
 */
final class JsonSource {

	private static final JsonFactory FACTORY = JsonFactory.builder()
		.streamReadConstraints(StreamReadConstraints.builder()
			.maxNestingDepth(16)
			.maxStringLength(2048)
			.maxNameLength(2048)
			.maxNumberLength(32)
			.maxTokenCount(100_000)
			.build())
		.build();

	private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

	private final Map<String, SourcePlace> values = new HashMap<>();

	private final Map<String, SourcePlace> keys = new HashMap<>();

	private final List<Consumer<Findings>> problems = new ArrayList<>();

	private final JsonNode root;

	private JsonSource(JsonParser parser) throws InvalidSourceException {
		try {
			if (parser.nextToken() == null) {
				throw new InvalidSourceException("is empty", new SourcePlace(1, 1));
			}
			this.root = read(parser, "");
			if (parser.nextToken() != null) {
				throw new InvalidSourceException("has text after its end", place(parser.currentTokenLocation()));
			}
		}
		catch (JacksonException ex) {
			// Limits are told with the name of the method that sets them, and no place.
			String message = ex.getOriginalMessage().replaceAll(",? from `[^`]*`", "");
			TokenStreamLocation location = (ex.getLocation() != null) ? ex.getLocation() : parser.currentLocation();
			throw new InvalidSourceException("is not JSON: " + message, place(location));
		}
	}

	static JsonSource parse(byte[] json) throws InvalidSourceException {
		String text = SourceText.decode(json);
		try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
			return new JsonSource(parser);
		}
	}

	JsonNode root() {
		return this.root;
	}

	/** Where a value starts; for one that is missing, where its parent does. */
	SourcePlace value(String pointer) {
		String place = pointer;
		while (!this.values.containsKey(place) && !place.isEmpty()) {
			place = place.substring(0, place.lastIndexOf('/'));
		}
		return this.values.getOrDefault(place, SourcePlace.UNKNOWN);
	}

	SourcePlace key(String pointer) {
		SourcePlace place = this.keys.get(pointer);
		return (place != null) ? place : value(pointer);
	}

	/** What the tree does not show: fields said twice, numbers out of reach. */
	void addProblemsTo(Findings findings) {
		this.problems.forEach((problem) -> problem.accept(findings));
	}

	private JsonNode read(JsonParser parser, String pointer) {
		this.values.put(pointer, place(parser.currentTokenLocation()));
		return switch (parser.currentToken()) {
			case START_OBJECT -> readObject(parser, pointer);
			case START_ARRAY -> readArray(parser, pointer);
			case VALUE_STRING -> NODES.stringNode(parser.getString());
			case VALUE_TRUE -> NODES.booleanNode(true);
			case VALUE_FALSE -> NODES.booleanNode(false);
			case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> readNumber(parser, pointer);
			default -> NODES.nullNode();
		};
	}

	/** Never as a decimal: 1e1000000000 would be a number of a gigabyte. */
	private JsonNode readNumber(JsonParser parser, String pointer) {
		double number = parser.getDoubleValue();
		if (Math.abs(number) > Integer.MAX_VALUE) {
			this.problems.add((findings) -> findings.add(pointer, "is a number out of reach"));
			return NODES.numberNode(0);
		}
		return (number == Math.rint(number)) ? NODES.numberNode((int) number) : NODES.numberNode(number);
	}

	private ObjectNode readObject(JsonParser parser, String pointer) {
		ObjectNode object = NODES.objectNode();
		for (String name = parser.nextName(); name != null; name = parser.nextName()) {
			String place = Pointer.child(pointer, name);
			this.keys.put(place, place(parser.currentTokenLocation()));
			if (object.has(name)) {
				addDuplicate(pointer, name);
			}
			parser.nextToken();
			object.set(name, read(parser, place));
		}
		return object;
	}

	private void addDuplicate(String pointer, String name) {
		this.problems
			.add((findings) -> findings.addToKey(pointer, name, "has the field %s twice".formatted(Quoted.of(name))));
	}

	private ArrayNode readArray(JsonParser parser, String pointer) {
		ArrayNode array = NODES.arrayNode();
		while (parser.nextToken() != JsonToken.END_ARRAY) {
			array.add(read(parser, Pointer.child(pointer, array.size())));
		}
		return array;
	}

	private static SourcePlace place(TokenStreamLocation location) {
		return (location != null) ? new SourcePlace(location.getLineNr(), location.getColumnNr()) : SourcePlace.UNKNOWN;
	}

}
