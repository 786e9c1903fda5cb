package dev.pergola.bff.formats;

import java.util.Optional;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The A2A agent's own name of a conversation, as messages bear it. */
public final class A2aContext {

	private static final String FIELD = "a2a.contextId";

	private A2aContext() {
	}

	/**
	 * The name that was given last.
	 * @param messages AG-UI messages, oldest first
	 */
	public static Optional<String> find(JsonNode messages) {
		return messages.valueStream()
			.map((message) -> Json.text(message.path("metadata"), FIELD))
			.filter((id) -> !id.isEmpty())
			.reduce((first, last) -> last);
	}

	/** Has a message bear the name. */
	public static void put(ObjectNode message, String contextId) {
		message.withObject("metadata").put(FIELD, contextId);
	}

}
