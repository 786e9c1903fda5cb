package dev.pergola.bff.agents;

import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.pergola.bff.formats.A2aContext;
import dev.pergola.bff.problem.BffException;
import dev.pergola.bff.problem.Failure;
import dev.pergola.bff.runlog.Sha256;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a run is asked to do: AG-UI {@code RunAgentInput}.
 *
 * @param runId the client's name for the run, {@code [A-Za-z0-9._:-]}, at most 128
 * @param digest the same for the same request, however its fields are ordered
 * @param bytes size of the request
 */
record RunInput(String threadId, String runId, ObjectNode json, String digest, int bytes) {

	static final Pattern ID = Pattern.compile("[A-Za-z0-9._:-]{1,128}");

	private static final int TITLE = 80;

	private static final JsonMapper JSON = JsonMapper.builder().enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED).build();

	/**
	 * Reads a request.
	 * @throws BffException when it is not a {@code RunAgentInput}
	 */
	static RunInput parse(byte[] body) {
		JsonNode node;
		try {
			node = JSON.readTree(body);
		}
		catch (JacksonException ex) {
			throw new BffException(Failure.BAD_RUN_INPUT, "The body is not JSON.");
		}
		if (!(node instanceof ObjectNode json)) {
			throw new BffException(Failure.BAD_RUN_INPUT, "The body is not a JSON object.");
		}
		if (!node.path("messages").isMissingNode() && !node.path("messages").isArray()) {
			throw new BffException(Failure.BAD_RUN_INPUT, "messages: not a list.", Map.of("field", "messages"), null);
		}
		return new RunInput(id(json, "threadId"), id(json, "runId"), json, Sha256.hex(JSON.writeValueAsBytes(json)),
				body.length);
	}

	/** The same request under another name, as one JSON object. */
	byte[] withRunId(String otherRunId) {
		return JSON.writeValueAsBytes(this.json.deepCopy().put("runId", otherRunId));
	}

	/**
	 * The same request, whose last message bears the agent's name of the conversation.
	 */
	RunInput inContext(String contextId) {
		ObjectNode named = this.json.deepCopy();
		if (named.path("messages") instanceof ArrayNode messages && !messages.isEmpty()
				&& messages.get(messages.size() - 1) instanceof ObjectNode last) {
			A2aContext.put(last, contextId);
		}
		return new RunInput(this.threadId, this.runId, named, this.digest, this.bytes);
	}

	/** The conversation so far; empty where the client sent none. */
	JsonNode messages() {
		return this.json.path("messages");
	}

	/** What the client and the agent share, as the client has it; may be missing. */
	JsonNode state() {
		return this.json.path("state");
	}

	/**
	 * Beginning of what the person asked first, on one line; empty when that was no text.
	 */
	String title() {
		String text = messages().valueStream()
			.filter((message) -> message.path("role").asString("").equals("user"))
			.map((message) -> text(message.path("content")))
			.filter((content) -> !content.isBlank())
			.findFirst()
			.orElse("")
			.strip()
			.replaceAll("\\s+", " ");
		int length = text.codePointCount(0, text.length());
		return (length <= TITLE) ? text : text.substring(0, text.offsetByCodePoints(0, TITLE - 1)) + "…";
	}

	private static String text(JsonNode content) {
		return content.isString() ? content.stringValue()
				: content.valueStream().map((part) -> part.path("text").asString("")).collect(Collectors.joining(" "));
	}

	private static String id(ObjectNode json, String field) {
		String id = json.path(field).isString() ? json.path(field).stringValue() : "";
		if (!ID.matcher(id).matches()) {
			throw new BffException(Failure.BAD_RUN_INPUT,
					field + ": missing, or not of letters, digits and ._:- (at most 128).", Map.of("field", field),
					null);
		}
		return id;
	}

}
