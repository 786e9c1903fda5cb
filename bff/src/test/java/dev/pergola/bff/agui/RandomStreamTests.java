package dev.pergola.bff.agui;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever an upstream tells, viewers get a stream that AG-UI allows. */
class RandomStreamTests {

	private static final List<String> OPENERS = List.of("TEXT_MESSAGE_START", "TOOL_CALL_START", "REASONING_START",
			"REASONING_MESSAGE_START", "STEP_STARTED", "SUBAGENT_STARTED");

	private static final List<String> OTHERS = List.of("TEXT_MESSAGE_CONTENT", "TEXT_MESSAGE_END", "TOOL_CALL_ARGS",
			"TOOL_CALL_END", "REASONING_END", "REASONING_MESSAGE_CONTENT", "REASONING_MESSAGE_END", "STEP_FINISHED",
			"SUBAGENT_FINISHED", "SUBAGENT_ERROR", "TEXT_MESSAGE_CHUNK", "TOOL_CALL_CHUNK", "REASONING_MESSAGE_CHUNK",
			"TOOL_CALL_RESULT", "STATE_SNAPSHOT", "STATE_DELTA", "MESSAGES_SNAPSHOT", "ACTIVITY_SNAPSHOT", "CUSTOM",
			"RAW", "RUN_STARTED", "RUN_FINISHED", "RUN_ERROR", "THINKING_START", "THINKING_END",
			"THINKING_TEXT_MESSAGE_START", "THINKING_TEXT_MESSAGE_CONTENT", "THINKING_TEXT_MESSAGE_END",
			"SOMETHING_NEW");

	@Test
	@Tag("S3")
	void isValidWhateverComes() {
		Map<Outcome, Integer> ends = new EnumMap<>(Outcome.class);
		for (int seed = 0; seed < 8_000; seed++) {
			Outcome end = run(new Random(seed), seed % 4 != 0);
			ends.merge(end, 1, Integer::sum);
		}
		// Each kind of end was reached often enough to mean something.
		assertThat(ends).hasSize(3).allSatisfy((end, count) -> assertThat(count).as(end.name()).isGreaterThan(500));
	}

	private static Outcome run(Random random, boolean careful) {
		RunScript script = new RunScript("t", "r");
		List<ObjectNode> told = new ArrayList<>(List.of(script.start()));
		List<ObjectNode> open = new ArrayList<>();
		int length = random.nextInt(40);
		for (int i = 0; i < length && !script.isOver(); i++) {
			ObjectNode event = careful ? sensible(random, open) : any(random);
			told.addAll(script.accept(event));
		}
		if (careful && random.nextInt(3) == 0) {
			open.reversed().forEach((each) -> told.addAll(script.accept(closer(each))));
			told.addAll(script.accept(AgUiEvents.event("RUN_FINISHED")));
		}
		told.addAll((random.nextInt(4) == 0) ? script.fail("CODE", "message") : script.cancel());
		told.addAll(script.accept(any(random)));
		AgUiChecker.check(told);
		return script.outcome();
	}

	// Mostly in order, so that runs get somewhere.
	private static ObjectNode sensible(Random random, List<ObjectNode> open) {
		if (open.isEmpty() || random.nextInt(3) == 0) {
			String id = "n" + random.nextInt(1000);
			ObjectNode opener = fill(random, OPENERS.get(random.nextInt(OPENERS.size())), id);
			if (AgUiEvents.type(opener).equals("SUBAGENT_STARTED")) {
				opener.put("subagentRunId", id);
			}
			open.add(opener.deepCopy());
			return opener;
		}
		ObjectNode last = open.get(random.nextInt(open.size()));
		if (random.nextInt(2) == 0) {
			open.remove(last);
			return closer(last);
		}
		return fill(random, "CUSTOM", "x");
	}

	private static ObjectNode closer(ObjectNode opener) {
		String type = AgUiEvents.type(opener);
		return opener.deepCopy()
			.put("type",
					type.endsWith("STARTED") ? type.replace("STARTED", "FINISHED") : type.replace("_START", "_END"));
	}

	private static ObjectNode any(Random random) {
		List<String> types = (random.nextInt(3) == 0) ? OPENERS : OTHERS;
		ObjectNode event = fill(random, types.get(random.nextInt(types.size())), "i" + random.nextInt(3));
		if (random.nextInt(40) == 0) {
			List<String> fields = new ArrayList<>(event.propertyNames());
			event.put(fields.get(random.nextInt(fields.size())), random.nextInt());
		}
		if (random.nextInt(20) == 0) {
			event.putNull("metadata");
		}
		return event;
	}

	private static ObjectNode fill(Random random, String type, String id) {
		ObjectNode event = AgUiEvents.event(type);
		if (type.startsWith("TOOL_CALL")) {
			event.put("toolCallId", id).put("toolCallName", "tool");
		}
		if (type.startsWith("TEXT") || type.startsWith("REASONING") || type.startsWith("ACTIVITY")
				|| type.equals("TOOL_CALL_RESULT")) {
			event.put("messageId", id);
		}
		if (type.startsWith("SUBAGENT") || random.nextInt(5) == 0) {
			event.put("subagentRunId", "s" + random.nextInt(3));
		}
		event.put("name", "name")
			.put("stepName", id)
			.put("delta", "word")
			.put("content", "content")
			.put("message", "message");
		event.put("unknown", 1).set("value", AgUiEvents.event("x"));
		switch (type) {
			case "STATE_SNAPSHOT" -> event.putNull("snapshot");
			case "STATE_DELTA" -> event.putArray("delta").addObject().put("op", "remove").put("path", "/x");
			case "MESSAGES_SNAPSHOT" ->
				event.putArray("messages").addObject().put("id", id).put("role", "user").put("content", "x");
			case "ACTIVITY_SNAPSHOT" -> event.put("activityType", "plan").putObject("content").put("a", 1);
			case "RUN_FINISHED" -> event.remove("value");
			default -> {
			}
		}
		return event;
	}

}
