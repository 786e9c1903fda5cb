package dev.pergola.registry.navigation.yaml;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.regex.Pattern;

import dev.pergola.registry.request.MalformedBodyException;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads one document of YAML as JSON: mappings with text as keys, lists, text, numbers,
 * {@code true}, {@code false} and {@code null}. Anchors, aliases and tags are refused, so
 * a small document cannot grow and cannot name a class.
 */
public final class YamlSource {

	private static final int MAX_DEPTH = 16;

	private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9][0-9]{0,17})");

	private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

	private final Iterator<Event> events;

	private YamlSource(Iterator<Event> events) {
		this.events = events;
	}

	/**
	 * Reads a document.
	 * @param yaml UTF-8, already bounded
	 * @return its tree; {@link MalformedBodyException} with line and column otherwise
	 */
	public static JsonNode read(byte[] yaml) {
		try {
			String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(yaml)).toString();
			LoadSettings settings = LoadSettings.builder().setCodePointLimit(Integer.MAX_VALUE).build();
			return new YamlSource(new Parse(settings).parseString(text).iterator()).document();
		}
		catch (CharacterCodingException ex) {
			throw new MalformedBodyException("body is not UTF-8", ex);
		}
		catch (YamlEngineException | NoSuchElementException ex) {
			String[] lines = String.valueOf(ex.getMessage()).split("\\R", 4);
			throw new MalformedBodyException("body is not YAML: " + String.join(" ", lines).strip(), ex);
		}
	}

	private JsonNode document() {
		Event event = this.events.next();
		while (!(event instanceof NodeEvent)) {
			event = this.events.next();
		}
		JsonNode root = node(event, 1);
		while (this.events.hasNext()) {
			Event rest = this.events.next();
			if (rest instanceof NodeEvent) {
				throw refuse(rest, "has a second document");
			}
		}
		return root;
	}

	private JsonNode node(Event event, int depth) {
		if (event instanceof AliasEvent || event instanceof NodeEvent node && node.getAnchor().isPresent()) {
			throw refuse(event, "has an anchor or alias");
		}
		if (depth > MAX_DEPTH) {
			throw refuse(event, "is nested too deeply");
		}
		return switch (event) {
			case ScalarEvent scalar -> scalar(scalar);
			case MappingStartEvent start -> mapping(start, depth);
			case CollectionStartEvent start -> list(start, depth);
			default -> throw refuse(event, "has something unexpected");
		};
	}

	private ObjectNode mapping(MappingStartEvent start, int depth) {
		refuseTag(start, start.getTag());
		ObjectNode object = NODES.objectNode();
		for (Event event = this.events.next(); !(event instanceof MappingEndEvent); event = this.events.next()) {
			if (!(event instanceof ScalarEvent key) || key.getAnchor().isPresent()) {
				throw refuse(event, "has a key that is no text");
			}
			refuseTag(key, key.getTag());
			if (object.has(key.getValue())) {
				throw refuse(key, "has the key %s twice".formatted(key.getValue()));
			}
			object.set(key.getValue(), node(this.events.next(), depth + 1));
		}
		return object;
	}

	private ArrayNode list(CollectionStartEvent start, int depth) {
		refuseTag(start, start.getTag());
		ArrayNode list = NODES.arrayNode();
		for (Event event = this.events.next(); !(event instanceof SequenceEndEvent); event = this.events.next()) {
			list.add(node(event, depth + 1));
		}
		return list;
	}

	private static JsonNode scalar(ScalarEvent scalar) {
		refuseTag(scalar, scalar.getTag());
		String text = scalar.getValue();
		if (!scalar.isPlain()) {
			return NODES.stringNode(text);
		}
		return switch (text) {
			case "", "~", "null" -> NODES.nullNode();
			case "true" -> NODES.booleanNode(true);
			case "false" -> NODES.booleanNode(false);
			default -> INTEGER.matcher(text).matches() ? number(new BigInteger(text)) : NODES.stringNode(text);
		};
	}

	private static JsonNode number(BigInteger number) {
		return (number.bitLength() < Integer.SIZE) ? NODES.numberNode(number.intValue()) : NODES.numberNode(number);
	}

	private static void refuseTag(Event event, Optional<String> tag) {
		if (tag.isPresent()) {
			throw refuse(event, "has a tag");
		}
	}

	private static MalformedBodyException refuse(Event event, String what) {
		Optional<Mark> mark = event.getStartMark();
		String place = mark.map((at) -> " at line %d, column %d".formatted(at.getLine() + 1, at.getColumn() + 1))
			.orElse("");
		return new MalformedBodyException("body %s%s".formatted(what, place), new IllegalArgumentException(what));
	}

}
