package dev.pergola.bff.agui;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Names of the messages a run adds: one that the conversation has already would make two
 * messages one. Calls keep theirs, as agents get those back.
 */
final class MessageNames {

	private static final List<String> FIELDS = List.of("messageId", "parentMessageId");

	private final String runId;

	private final Set<String> known;

	/**
	 * Names beside those of a conversation.
	 * @param before AG-UI messages
	 */
	MessageNames(String runId, JsonNode before) {
		this.runId = runId;
		this.known = before.valueStream()
			.map((message) -> message.path("id").asString(""))
			.collect(Collectors.toUnmodifiableSet());
	}

	/** The event, under a name of the run's own where its message's is taken. */
	ObjectNode own(ObjectNode event) {
		String type = AgUiEvents.type(event);
		// An activity of an earlier run may go on.
		if (!type.startsWith("ACTIVITY_")) {
			FIELDS.forEach((field) -> rename(event, field));
		}
		if (type.equals("REASONING_ENCRYPTED_VALUE") && event.path("subtype").asString("").equals("message")) {
			rename(event, "entityId");
		}
		return event;
	}

	private void rename(ObjectNode event, String field) {
		String name = event.path(field).asString("");
		if (!name.isEmpty() && this.known.contains(name)) {
			event.put(field, this.runId + "-" + name);
		}
	}

}
