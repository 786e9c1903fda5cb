package dev.pergola.bridge.driver;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON objects, one a line.
 */
public final class JsonLines {

	private static final Logger logger = LoggerFactory.getLogger(JsonLines.class);

	/** Keeps numbers as they are written: arguments of tools are passed on unchanged. */
	static final JsonMapper MAPPER = JsonMapper.builder()
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.build();

	private JsonLines() {
	}

	public static ObjectNode object() {
		return MAPPER.createObjectNode();
	}

	/**
	 * Reads a line of a program.
	 * @return empty for a line that is no JSON object: programs print such lines by
	 * accident, and they mean nothing
	 * @throws DialogueException {@code AGENT_PROTOCOL} for one that begins as an object
	 * and is none: something was lost
	 */
	public static Optional<ObjectNode> read(String line) throws DialogueException {
		String text = line.strip();
		if (!text.startsWith("{")) {
			if (!text.isEmpty()) {
				logger.debug("skipped a line of {} characters that is no JSON", text.length());
			}
			return Optional.empty();
		}
		try {
			return Optional.of((ObjectNode) MAPPER.readTree(text));
		}
		catch (JacksonException damaged) {
			throw new DialogueException("AGENT_PROTOCOL", "The agent said something that cannot be read.");
		}
	}

	/**
	 * Reads objects until one of them ends the turn; each is a sign of life.
	 * @param listener says how the turn ended, {@code null} while it goes on
	 */
	public static TurnEnd hear(ProgramIo io, EventSink sink, Function<ObjectNode, @Nullable TurnEnd> listener)
			throws IOException, DialogueException {
		for (String line = io.readLine(); line != null; line = io.readLine()) {
			Optional<ObjectNode> object = read(line);
			if (object.isPresent()) {
				sink.alive();
				TurnEnd end = listener.apply(object.get());
				if (end != null) {
					return end;
				}
			}
		}
		return new TurnEnd.OutputEnded();
	}

	/**
	 * Writes an object as one line that every reader takes for one and reads as the same
	 * object; a program may end at the first line that it cannot read.
	 */
	public static void write(ProgramIo io, ObjectNode object) throws IOException, DialogueException {
		io.writeLine(line(object));
	}

	static String line(ObjectNode object) throws DialogueException {
		String line = escaped(object.toString());
		if (line.indexOf('\n') >= 0 || line.indexOf('\r') >= 0 || !isReadAs(line, object)) {
			throw new DialogueException("AGENT_INPUT", "The agent cannot be told this.");
		}
		return line;
	}

	private static boolean isReadAs(String line, ObjectNode object) {
		try {
			JsonNode read = MAPPER.readTree(line);
			return read.toString().equals(object.toString());
		}
		catch (JacksonException damaged) {
			return false;
		}
	}

	/**
	 * Line breaks of Unicode, which some readers take for the end of a line, and halves
	 * of characters, which UTF-8 has no bytes for. They stand in strings only, where an
	 * escape means the same.
	 */
	private static String escaped(String json) {
		StringBuilder escaped = new StringBuilder(json.length());
		for (int index = 0; index < json.length(); index++) {
			char each = json.charAt(index);
			boolean pair = Character.isHighSurrogate(each) && index + 1 < json.length()
					&& Character.isLowSurrogate(json.charAt(index + 1));
			if (pair) {
				escaped.append(each).append(json.charAt(++index));
			}
			else if (Character.isSurrogate(each) || each == '\u0085' || each == '\u2028' || each == '\u2029') {
				escaped.append("\\u%04x".formatted((int) each));
			}
			else {
				escaped.append(each);
			}
		}
		return escaped.toString();
	}

}
