package dev.pergola.bff.agui;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the events of one AG-UI stream. One that differs from the one before it in its
 * text alone, letter by letter, is told as more of it. Not for use by several threads.
 */
public final class AgUiReader {

	/** What stands behind a text that is the last value of an event. */
	static final String TAIL = "\"}";

	// In valid JSON these are a name and the start of its value: inside of a text,
	// quotation marks stand behind a backslash.
	private static final Pattern TEXT = Pattern.compile(",\\s*\"delta\"\\s*:\\s*\"");

	/** Escapes that stand for one character, whatever is beside them. */
	private static final String ESCAPES = "\"\\/bfnrt";

	/** What stood before the text of the last event, {@code null} where it had none. */
	private @Nullable String head;

	/**
	 * Reads the next event.
	 * @param json one JSON object
	 * @return empty when it is none, or has no type
	 */
	public Optional<NextEvent> read(String json) {
		String before = this.head;
		if (before != null && json.startsWith(before) && isText(json, before.length())) {
			return Optional.of(NextEvent.more(json, before.length()));
		}
		Optional<ObjectNode> event = AgUiEvents.parse(json);
		this.head = event.filter(Deltas::isPiece).isPresent() ? head(json) : null;
		return event.map(NextEvent::of);
	}

	private static @Nullable String head(String json) {
		Matcher text = TEXT.matcher(json);
		return text.find() && isText(json, text.end()) ? json.substring(0, text.end()) : null;
	}

	/**
	 * Whether a text is all that is left, and not empty. Escapes of code units are not
	 * looked at: they may be halves of a character.
	 */
	private static boolean isText(String json, int start) {
		int end = json.length() - TAIL.length();
		if (start >= end || !json.endsWith(TAIL)) {
			return false;
		}
		for (int i = start; i < end; i++) {
			char c = json.charAt(i);
			if (c < ' ' || c == '"') {
				return false;
			}
			if (c == '\\') {
				i++;
				if (i == end || ESCAPES.indexOf(json.charAt(i)) < 0) {
					return false;
				}
			}
		}
		return true;
	}

}
