package dev.pergola.bridge.driver;

import java.nio.charset.StandardCharsets;

import dev.pergola.bridge.agui.RunInput;
import tools.jackson.databind.json.JsonMapper;

/** Inputs of runs. */
public final class Inputs {

	private Inputs() {
	}

	public static RunInput saying(String text) {
		return read("""
				{"threadId": "t", "runId": "r", "messages": [{"id": "1", "role": "user", "content": %s}]}"""
			.formatted(JsonMapper.shared().writeValueAsString(text)));
	}

	/** The next run of a conversation, which answers one interrupt. */
	public static RunInput answering(String interruptId, String payload) {
		return read("""
				{"threadId": "t", "runId": "r2", "messages": [{"id": "1", "role": "user", "content": "x"}],
				 "resume": [{"interruptId": "%s", "status": "resolved", "payload": %s}]}""".formatted(interruptId,
				payload));
	}

	public static RunInput abandoning(String interruptId) {
		return read("""
				{"threadId": "t", "runId": "r2", "messages": [{"id": "1", "role": "user", "content": "x"}],
				 "resume": [{"interruptId": "%s", "status": "cancelled"}]}""".formatted(interruptId));
	}

	public static RunInput read(String json) {
		return RunInput.read(json.getBytes(StandardCharsets.UTF_8));
	}

}
