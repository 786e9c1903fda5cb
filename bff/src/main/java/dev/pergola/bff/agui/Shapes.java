package dev.pergola.bff.agui;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import dev.pergola.bff.agui.Shape.Field;
import dev.pergola.bff.agui.Shape.Fields;
import dev.pergola.bff.agui.Shape.Kinds;
import dev.pergola.bff.agui.Shape.Many;
import dev.pergola.bff.agui.Shape.TextOr;
import dev.pergola.bff.agui.Shape.Word;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;

/** The events of AG-UI 1.1 and what is in them. */
final class Shapes {

	private static final Field TEXT = required(Shape.TEXT);

	private static final Field MAY_TEXT = optional(Shape.TEXT);

	private static final Field MAY_OPEN = optional(Shape.OPEN);

	private static final Field ANY = required(Shape.ANY);

	private static final Field MAY_ANY = optional(Shape.ANY);

	private static final Field ROLE = optional(new Word(Set.of("developer", "system", "assistant", "user")));

	private static final Shape USAGE = new Many(closed("provider", MAY_TEXT, "model", MAY_TEXT, "inputTokens", count(),
			"outputTokens", count(), "totalTokens", count(), "reasoningTokens", count(), "cachedInputTokens", count(),
			"cacheWriteInputTokens", count()), 0);

	private static final Shape SOURCE = new Kinds("type",
			Map.of("data", closed("type", TEXT, "value", TEXT, "mimeType", TEXT), "url",
					closed("type", TEXT, "value", TEXT, "mimeType", MAY_TEXT), "file",
					closed("type", TEXT, "value", TEXT, "provider", MAY_TEXT, "mimeType", MAY_TEXT)));

	private static final Shape MEDIA = closed("type", TEXT, "id", MAY_TEXT, "source", required(SOURCE), "metadata",
			MAY_ANY);

	private static final Shape PARTS = new TextOr(new Many(
			new Kinds("type", Map.of("text", closed("type", TEXT, "id", MAY_TEXT, "text", TEXT, "metadata", MAY_ANY),
					"image", MEDIA, "audio", MEDIA, "video", MEDIA, "document", MEDIA)),
			0));

	private static final Shape PATCH = new Many(new Kinds("op",
			Map.of("add", open("path", TEXT, "value", ANY), "remove", open("path", TEXT), "replace",
					open("path", TEXT, "value", ANY), "move", open("from", TEXT, "path", TEXT), "copy",
					open("from", TEXT, "path", TEXT), "test", open("path", TEXT, "value", ANY))),
			0);

	private static final Shape CALL = closed("id", TEXT, "type", required(new Word(Set.of("function"))), "function",
			required(closed("name", TEXT, "arguments", TEXT)), "encryptedValue", MAY_TEXT, "encryptedValueType",
			MAY_TEXT, "metadata", MAY_OPEN);

	private static final Shape MESSAGES = new Many(new Kinds("role", messages()), 0);

	private static final Shape OUTCOME = new Kinds("type", Map
		.of("success", closed("type", TEXT, "pendingToolCallIds", optional(new Many(Shape.TEXT, 0))), "cancelled",
				closed("type", TEXT), "interrupt",
				closed("type", TEXT, "interrupts", required(new Many(
						closed("subagentRunId", MAY_TEXT, "id", TEXT, "reason", TEXT, "message", MAY_TEXT, "toolCallId",
								MAY_TEXT, "responseSchema", MAY_OPEN, "expiresAt", MAY_TEXT, "metadata", MAY_OPEN),
						1)))));

	private static final Shape SUBAGENT_OUTCOME = new Kinds("type", Map.of("success", closed("type", TEXT), "suspended",
			closed("type", TEXT, "interruptIds", optional(new Many(Shape.TEXT, 0)))));

	private static final Map<String, Shape> EVENTS = events();

	private Shapes() {
	}

	/**
	 * The shape of a type of events.
	 * @return {@code null} for a type AG-UI does not know
	 */
	static @Nullable Shape of(String type) {
		return EVENTS.get(type);
	}

	private static Map<String, Shape> events() {
		Map<String, Shape> all = new LinkedHashMap<>();
		all.put("RUN_STARTED", event("threadId", MAY_TEXT, "runId", MAY_TEXT));
		all.put("RUN_FINISHED", event("threadId", TEXT, "runId", TEXT, "result", MAY_ANY, "outcome", optional(OUTCOME),
				"usage", optional(USAGE)));
		all.put("RUN_ERROR", event("message", TEXT, "code", MAY_TEXT, "usage", optional(USAGE)));
		all.put("MESSAGES_SNAPSHOT", event("messages", required(MESSAGES)));
		all.put("TEXT_MESSAGE_START", owned("messageId", TEXT, "role", ROLE, "name", MAY_TEXT));
		all.put("TEXT_MESSAGE_CONTENT", owned("messageId", TEXT, "delta", TEXT));
		all.put("TEXT_MESSAGE_END", owned("messageId", TEXT));
		all.put("TEXT_MESSAGE_CHUNK", owned("messageId", MAY_TEXT, "role", ROLE, "delta", MAY_TEXT, "name", MAY_TEXT));
		all.put("TOOL_CALL_START", owned("toolCallId", TEXT, "toolCallName", TEXT, "parentMessageId", MAY_TEXT));
		all.put("TOOL_CALL_ARGS", owned("toolCallId", TEXT, "delta", TEXT));
		all.put("TOOL_CALL_END", owned("toolCallId", TEXT));
		all.put("TOOL_CALL_CHUNK", owned("toolCallId", MAY_TEXT, "toolCallName", MAY_TEXT, "parentMessageId", MAY_TEXT,
				"delta", MAY_TEXT));
		all.put("TOOL_CALL_RESULT", owned("messageId", TEXT, "toolCallId", TEXT, "content", required(PARTS), "role",
				optional(new Word(Set.of("tool")))));
		all.put("REASONING_START", owned("messageId", TEXT));
		all.put("REASONING_END", owned("messageId", TEXT));
		all.put("REASONING_MESSAGE_START", owned("messageId", TEXT, "role",
				new Field(new Word(Set.of("reasoning")), true, JsonNodeFactory.instance.stringNode("reasoning"))));
		all.put("REASONING_MESSAGE_CONTENT", owned("messageId", TEXT, "delta", TEXT));
		all.put("REASONING_MESSAGE_END", owned("messageId", TEXT));
		all.put("REASONING_MESSAGE_CHUNK", owned("messageId", MAY_TEXT, "delta", MAY_TEXT));
		all.put("REASONING_ENCRYPTED_VALUE", owned("subtype", required(new Word(Set.of("tool-call", "message"))),
				"entityId", TEXT, "encryptedValue", TEXT, "encryptedValueType", MAY_TEXT));
		all.put("STATE_SNAPSHOT", owned("snapshot", ANY));
		all.put("STATE_DELTA", owned("delta", required(PATCH)));
		all.put("ACTIVITY_SNAPSHOT", owned("messageId", TEXT, "activityType", TEXT, "content", required(Shape.OPEN),
				"replace", optional(Shape.FLAG)));
		all.put("ACTIVITY_DELTA", owned("messageId", TEXT, "activityType", TEXT, "patch", required(PATCH)));
		all.put("STEP_STARTED", owned("stepName", TEXT));
		all.put("STEP_FINISHED", owned("stepName", TEXT));
		// To leave the value out is so common that nobody would be helped by a failure.
		all.put("CUSTOM",
				owned("name", TEXT, "value", new Field(Shape.ANY, true, JsonNodeFactory.instance.nullNode())));
		all.put("RAW", owned("event", ANY, "source", MAY_TEXT));
		all.put("SUBAGENT_STARTED", event("subagentRunId", TEXT, "name", TEXT, "description", MAY_TEXT,
				"parentSubagentRunId", MAY_TEXT, "parentToolCallId", MAY_TEXT, "parentMessageId", MAY_TEXT));
		all.put("SUBAGENT_FINISHED",
				event("subagentRunId", TEXT, "result", MAY_ANY, "outcome", optional(SUBAGENT_OUTCOME)));
		all.put("SUBAGENT_ERROR", event("subagentRunId", TEXT, "message", TEXT, "code", MAY_TEXT));
		return Map.copyOf(all);
	}

	private static Map<String, Shape> messages() {
		Shape text = message("content", TEXT, "name", MAY_TEXT);
		return Map.of("developer", text, "system", text, "assistant",
				message("content", MAY_TEXT, "name", MAY_TEXT, "toolCalls", optional(new Many(CALL, 0))), "user",
				message("content", required(PARTS), "name", MAY_TEXT), "tool",
				message("content", required(PARTS), "toolCallId", TEXT, "error", MAY_TEXT), "activity",
				message("activityType", TEXT, "content", required(Shape.OPEN)), "reasoning", message("content", TEXT));
	}

	private static Shape message(Object... more) {
		return with(Map.of("id", TEXT, "role", TEXT, "subagentRunId", MAY_TEXT, "encryptedValue", MAY_TEXT,
				"encryptedValueType", MAY_TEXT, "metadata", MAY_OPEN), more);
	}

	private static Shape owned(Object... more) {
		return with(Map.of("type", TEXT, "timestamp", optional(Shape.WHOLE), "rawEvent", MAY_ANY, "metadata", MAY_OPEN,
				"subagentRunId", MAY_TEXT), more);
	}

	private static Shape event(Object... more) {
		return with(Map.of("type", TEXT, "timestamp", optional(Shape.WHOLE), "rawEvent", MAY_ANY, "metadata", MAY_OPEN),
				more);
	}

	private static Shape closed(Object... more) {
		return with(Map.of(), more);
	}

	// RFC 6902 section 4: members an operation does not define are ignored, not refused.
	private static Shape open(Object... more) {
		return new Fields(fields(Map.of(), more), false);
	}

	private static Shape with(Map<String, Field> common, Object... more) {
		return new Fields(fields(common, more), true);
	}

	private static Map<String, Field> fields(Map<String, Field> common, Object... more) {
		Map<String, Field> fields = new LinkedHashMap<>(common);
		for (int i = 0; i < more.length; i += 2) {
			fields.put((String) more[i], (Field) more[i + 1]);
		}
		return fields;
	}

	private static Field required(Shape shape) {
		return new Field(shape, true, null);
	}

	private static Field optional(Shape shape) {
		return new Field(shape, false, null);
	}

	private static Field count() {
		return optional(Shape.COUNT);
	}

}
