package dev.pergola.bridge.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

import dev.pergola.bridge.process.Redaction;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes the values of a program's secrets out of its events, also where one comes in
 * pieces: the end of a piece with which a secret may begin waits for the next. Not for
 * several threads.
 */
final class SecretFilter {

	private static final Set<String> PIECES = Set.of("TEXT_MESSAGE_CONTENT", "REASONING_MESSAGE_CONTENT",
			"TOOL_CALL_ARGS");

	private final Redaction redaction;

	/** What waits, as the events it will be. */
	private final Map<String, ObjectNode> held = new LinkedHashMap<>();

	SecretFilter(Redaction redaction) {
		this.redaction = redaction;
	}

	/** What may be told when a program says this; nothing where all of it has to wait. */
	List<ObjectNode> pass(ObjectNode event) {
		if (!this.redaction.hasValues()) {
			return List.of(event);
		}
		if (PIECES.contains(event.path("type").asString(""))) {
			return piece(event);
		}
		List<ObjectNode> told = release((waits) -> id(waits).equals(id(event)));
		told.add(clean(event));
		return told;
	}

	/** What waited for nothing: it is no secret. */
	List<ObjectNode> release() {
		return release((waits) -> true);
	}

	/** The last event of a run, one line of JSON. */
	String clean(String json) {
		if (!this.redaction.hasValues()) {
			return json;
		}
		return (JsonMapper.shared().readTree(json) instanceof ObjectNode event) ? clean(event).toString() : json;
	}

	private List<ObjectNode> piece(ObjectNode event) {
		String key = event.path("type").asString("") + " " + id(event);
		ObjectNode before = this.held.remove(key);
		String text = this.redaction
			.ofValues(((before != null) ? before.path("delta").asString("") : "") + event.path("delta").asString(""));
		int known = text.length() - this.redaction.begun(text);
		if (known < text.length()) {
			this.held.put(key, event.deepCopy().put("delta", text.substring(known)));
		}
		return (known > 0) ? List.of(event.deepCopy().put("delta", text.substring(0, known))) : List.of();
	}

	private List<ObjectNode> release(Predicate<ObjectNode> which) {
		List<ObjectNode> released = new ArrayList<>(this.held.values().stream().filter(which).toList());
		this.held.values().removeAll(released);
		return released;
	}

	private static String id(ObjectNode event) {
		return event.path("toolCallId").asString(event.path("messageId").asString(""));
	}

	private ObjectNode clean(ObjectNode event) {
		ObjectNode clean = JsonMapper.shared().createObjectNode();
		event.properties()
			.forEach((field) -> clean.set(field.getKey(),
					field.getKey().equals("type") ? field.getValue() : clean(field.getValue())));
		return clean;
	}

	private JsonNode clean(JsonNode value) {
		if (value instanceof ObjectNode object) {
			return clean(object);
		}
		if (value instanceof ArrayNode list) {
			ArrayNode clean = JsonMapper.shared().createArrayNode();
			list.forEach((each) -> clean.add(clean(each)));
			return clean;
		}
		return value.isString() ? JsonNodeFactory.instance.stringNode(this.redaction.ofValues(value.stringValue()))
				: value;
	}

}
