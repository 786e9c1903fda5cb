package dev.pergola.bff.agui;

import java.util.HashMap;
import java.util.Map;

import tools.jackson.databind.JsonNode;

/**
 * Whom messages and calls belong to, as AG-UI says under "Ownership": nobody goes on with
 * another's. Not for use by several threads.
 */
final class Owners {

	private final Map<Kind, Map<String, String>> owners = new HashMap<>();

	/**
	 * Something is begun, or begun again.
	 * @param owner {@code subagentRunId}, empty for the agent itself
	 * @throws MalformedEventException when it is another's
	 */
	void take(String type, Kind kind, String id, String owner) {
		check(type, kind, id, owner);
		of(kind).put(id, owner);
	}

	/**
	 * A message stands alone, or goes on; then its owner may be left out.
	 * @throws MalformedEventException when it is another's
	 */
	void mention(String type, String id, String owner) {
		if (owner.isEmpty()) {
			of(Kind.MESSAGE).putIfAbsent(id, owner);
		}
		else {
			take(type, Kind.MESSAGE, id, owner);
		}
	}

	/**
	 * Something is referred to that may not be known.
	 * @throws MalformedEventException when it is known, and another's
	 */
	void check(String type, Kind kind, String id, String owner) {
		if (!of(kind).getOrDefault(id, owner).equals(owner)) {
			throw new MalformedEventException(type + ".subagentRunId", "as it was begun");
		}
	}

	/** The conversation is told anew. */
	void restate(JsonNode messages) {
		for (JsonNode message : messages) {
			String owner = message.path("subagentRunId").asString("");
			Kind kind = message.path("role").asString("").equals("reasoning") ? Kind.REASONING : Kind.MESSAGE;
			of(kind).put(message.path("id").asString(""), owner);
			message.path("toolCalls").forEach((call) -> of(Kind.CALL).put(call.path("id").asString(""), owner));
		}
	}

	private Map<String, String> of(Kind kind) {
		return this.owners.computeIfAbsent(kind, (key) -> new HashMap<>());
	}

	/** What shares its names. */
	enum Kind {

		/** Messages of any role but one. */
		MESSAGE,
		/** Thoughts, and the spans around them. */
		REASONING,
		/** Calls of tools. */
		CALL;

		/** The kind of a span that is neither a step nor a subagent. */
		static Kind of(String span) {
			return switch (span) {
				case "TEXT_MESSAGE" -> MESSAGE;
				case "TOOL_CALL" -> CALL;
				default -> REASONING;
			};
		}

	}

}
