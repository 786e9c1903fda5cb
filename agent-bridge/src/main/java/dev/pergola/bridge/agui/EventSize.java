package dev.pergola.bridge.agui;

import java.nio.charset.StandardCharsets;

import tools.jackson.databind.JsonNode;

/**
 * What is told, measured as readers measure it: in bytes of JSON, of which one character
 * may take six.
 */
public final class EventSize {

	/** Largest event the bff takes, and a little less. */
	private static final int MOST = 1_000_000;

	private EventSize() {
	}

	/**
	 * Whether readers take an event.
	 * @param json one line
	 */
	public static boolean isReadable(String json) {
		return fits(json, MOST);
	}

	/** Whether something takes no more than so many bytes. */
	static boolean fits(JsonNode node, int most) {
		return fits(node.toString(), most);
	}

	private static boolean fits(String json, int most) {
		return json.length() <= most / 3
				|| (json.length() <= most && json.getBytes(StandardCharsets.UTF_8).length <= most);
	}

	/**
	 * The beginning of a text that takes no more than so many bytes, never half a
	 * character.
	 */
	static String cut(String text, int most) {
		int left = most;
		for (int index = 0; index < text.length(); index++) {
			left -= bytes(text.charAt(index));
			if (left < 0) {
				return text.substring(0, Character.isLowSurrogate(text.charAt(index)) ? index - 1 : index);
			}
		}
		return text;
	}

	private static int bytes(char unit) {
		return switch (unit) {
			case '"', '\\', '\n', '\r', '\t', '\b', '\f' -> 2;
			default -> {
				if (unit < ' ') {
					yield 6;
				}
				// Two of the four bytes of a character of two.
				yield (unit < 0x80) ? 1 : (unit < 0x800 || Character.isSurrogate(unit)) ? 2 : 3;
			}
		};
	}

}
