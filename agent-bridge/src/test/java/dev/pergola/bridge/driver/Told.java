package dev.pergola.bridge.driver;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The events of one run, as a test reads them.
 */
public final class Told implements EventSink {

	private static final Map<String, String> CLOSES = Map.of("TEXT_MESSAGE_END", "TEXT_MESSAGE_START", "TOOL_CALL_END",
			"TOOL_CALL_START", "REASONING_MESSAGE_END", "REASONING_MESSAGE_START", "REASONING_END", "REASONING_START",
			"SUBAGENT_FINISHED", "SUBAGENT_STARTED", "SUBAGENT_ERROR", "SUBAGENT_STARTED");

	private static final Map<String, String> CONTINUES = Map.of("TEXT_MESSAGE_CONTENT", "TEXT_MESSAGE_START",
			"TOOL_CALL_ARGS", "TOOL_CALL_START", "REASONING_MESSAGE_CONTENT", "REASONING_MESSAGE_START");

	private final List<ObjectNode> events = new CopyOnWriteArrayList<>();

	private final List<Decision> decisions = new CopyOnWriteArrayList<>();

	private volatile int signs;

	private volatile long spent;

	@Override
	public void emit(ObjectNode event) {
		if (event.path("name").asString("").equals("pergola.usage")) {
			this.spent = event.path("value").path("totalTokens").asLong(0);
		}
		else {
			this.events.add(event.deepCopy());
		}
	}

	@Override
	public synchronized void alive() {
		this.signs++;
	}

	@Override
	public void decided(Decision decision) {
		this.decisions.add(decision);
	}

	public List<ObjectNode> events() {
		return this.events;
	}

	public List<Decision> decisions() {
		return this.decisions;
	}

	/** Tokens the program reported while it ran; these reports are no events here. */
	public long spent() {
		return this.spent;
	}

	public int signsOfLife() {
		return this.signs;
	}

	public List<String> types() {
		return this.events.stream().map((event) -> event.path("type").asString("")).toList();
	}

	/** All text of the agent's messages. */
	public String text() {
		return text("TEXT_MESSAGE_CONTENT");
	}

	public String reasoning() {
		return text("REASONING_MESSAGE_CONTENT");
	}

	public String arguments(String callId) {
		return this.events.stream()
			.filter((event) -> event.path("type").asString("").equals("TOOL_CALL_ARGS"))
			.filter((event) -> event.path("toolCallId").asString("").equals(callId))
			.map((event) -> event.path("delta").asString(""))
			.collect(Collectors.joining());
	}

	public List<ObjectNode> of(String type) {
		return this.events.stream().filter((event) -> event.path("type").asString("").equals(type)).toList();
	}

	/** Whatever is opened is closed once, nothing goes on that is not open. */
	public Told isInOrder() {
		Set<String> open = new HashSet<>();
		for (ObjectNode event : this.events) {
			String type = event.path("type").asString("");
			String key = key(event);
			if (CLOSES.containsKey(type)) {
				assertThat(open.remove(CLOSES.get(type) + key)).as("%s in %s", event, types()).isTrue();
			}
			else if (CONTINUES.containsKey(type)) {
				assertThat(open).as("%s", event).contains(CONTINUES.get(type) + key);
			}
			else if (CLOSES.containsValue(type)) {
				assertThat(open.add(type + key)).as("%s", event).isTrue();
			}
			assertThat(event.propertyStream()
				.anyMatch((field) -> field.getValue().isNull() && !field.getKey().equals("value"))).as("%s", event)
				.isFalse();
		}
		assertThat(open).isEmpty();
		return this;
	}

	private String text(String type) {
		return of(type).stream().map((event) -> event.path("delta").asString("")).collect(Collectors.joining());
	}

	private static String key(ObjectNode event) {
		String type = event.path("type").asString("");
		return " " + event
			.path(type.startsWith("TOOL") ? "toolCallId" : type.startsWith("SUBAGENT") ? "subagentRunId" : "messageId")
			.asString("");
	}

}
