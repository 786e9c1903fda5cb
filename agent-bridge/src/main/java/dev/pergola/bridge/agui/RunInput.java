package dev.pergola.bridge.agui;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.pergola.bridge.runner.RunnerInput;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a client asks of an agent: AG-UI's `RunAgentInput`.
 *
 * @param threadId Conversation the run belongs to.
 * @param runId Key under which a repeat finds this run instead of starting another.
 * @param prompt Text of the person's last message.
 * @param json The whole input, one line.
 * @param digest SHA-256 of the input, to tell a repeat from another request.
 */
public record RunInput(String threadId, String runId, String prompt, String json, String digest) {

	private static final Pattern ID = Pattern.compile("[A-Za-z0-9._:-]{1,128}");

	private static final Set<String> SPOKEN = Set.of("user", "assistant");

	private static final JsonMapper MAPPER = JsonMapper.shared();

	/**
	 * Reads a request body.
	 * @throws IllegalArgumentException saying which field is wrong and what is expected
	 */
	public static RunInput read(byte[] body) {
		JsonNode input = parse(body);
		String json = MAPPER.writeValueAsString(input);
		return new RunInput(id(input, "threadId"), id(input, "runId"), prompt(input.path("messages")), json,
				digest(json));
	}

	/** How many characters it holds, about. */
	public long characters() {
		return (long) this.json.length() + this.prompt.length();
	}

	public byte[] bytes(RunnerInput form) {
		String text = switch (form) {
			case PROMPT -> this.prompt;
			case JSON -> this.json + "\n";
		};
		return text.getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * What was said before the person's last message, oldest first; without the calls of
	 * tools and their results.
	 */
	public List<Message> history() {
		List<Message> spoken = MAPPER.readTree(this.json)
			.path("messages")
			.valueStream()
			.filter((message) -> SPOKEN.contains(message.path("role").asString("")))
			.map((message) -> new Message(message.path("role").asString(""), text(message.path("content"))))
			.filter((message) -> !message.text().isBlank())
			.toList();
		for (int index = spoken.size() - 1; index >= 0; index--) {
			if (spoken.get(index).role().equals("user")) {
				return spoken.subList(0, index);
			}
		}
		return List.of();
	}

	/** Answers to the interrupts that ended the run before; empty for a usual run. */
	public List<Resume> resume() {
		return MAPPER.readTree(this.json)
			.path("resume")
			.valueStream()
			.map((entry) -> new Resume(entry.path("interruptId").asString(""),
					entry.path("status").asString("").equals("resolved"), entry.path("payload")))
			.toList();
	}

	private static JsonNode parse(byte[] body) {
		try {
			JsonNode input = MAPPER.readTree(body);
			if (input.isObject()) {
				return input;
			}
		}
		catch (JacksonException notJson) {
			// answered below
		}
		throw new IllegalArgumentException("body: no JSON object (expected: RunAgentInput of AG-UI)");
	}

	private static String id(JsonNode input, String field) {
		String value = input.path(field).asString("");
		if (!ID.matcher(value).matches()) {
			throw new IllegalArgumentException("%s: (expected: %s)".formatted(field, ID));
		}
		return value;
	}

	private static String prompt(JsonNode messages) {
		for (int index = messages.size() - 1; index >= 0; index--) {
			JsonNode message = messages.get(index);
			if (message.path("role").asString("").equals("user")) {
				return text(message.path("content"));
			}
		}
		throw new IllegalArgumentException("messages: no message of role user (expected: at least one)");
	}

	/** Content is a text, or a list of parts of which the texts count. */
	private static String text(JsonNode content) {
		return content.isArray()
				? content.valueStream().map((part) -> part.path("text").asString("")).collect(Collectors.joining("\n"))
				: content.asString("");
	}

	private static String digest(String json) {
		try {
			return HexFormat.of()
				.formatHex(MessageDigest.getInstance("SHA-256").digest(json.getBytes(StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
