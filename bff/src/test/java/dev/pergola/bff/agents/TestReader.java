package dev.pergola.bff.agents;

import java.util.ArrayList;
import java.util.List;

import dev.pergola.bff.streams.SseEvent;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a client makes of the events of a run: the text of its answer. */
final class TestReader {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final StringBuilder text = new StringBuilder();

	private final List<String> types = new ArrayList<>();

	private String lastEventId;

	void take(SseEvent event) {
		JsonNode json = JSON.readTree(event.data());
		String type = json.path("type").asString();
		this.types.add(type);
		this.lastEventId = event.id();
		if (type.equals("TEXT_MESSAGE_CONTENT")) {
			this.text.append(json.path("delta").asString());
		}
		if (type.equals("MESSAGES_SNAPSHOT")) {
			this.text.setLength(0);
			json.path("messages")
				.valueStream()
				.filter((message) -> message.path("role").asString().equals("assistant"))
				.forEach((message) -> this.text.append(message.path("content").asString()));
		}
	}

	String text() {
		return this.text.toString();
	}

	List<String> types() {
		return this.types;
	}

	String lastEventId() {
		return this.lastEventId;
	}

	boolean isOver() {
		return !this.types.isEmpty() && List.of("RUN_FINISHED", "RUN_ERROR").contains(this.types.getLast());
	}

}
