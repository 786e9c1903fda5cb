package dev.pergola.session.redis;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What nodes tell each other of a session.
 *
 * @param kind what happened
 * @param name name of the session
 * @param version version a change has led to, 0 for what has none
 */
record News(Kind kind, String name, long version) {

	private static final Pattern MESSAGE = Pattern.compile("([CEU])([A-Za-z0-9_-]{43})(\\d{0,18})");

	/** What can happen. */
	enum Kind {

		/** It holds something else. */
		CHANGED,

		/** It is over. */
		ENDED,

		/** Its lock is free. */
		UNLOCKED;

		private static Kind of(char letter) {
			return switch (letter) {
				case 'C' -> CHANGED;
				case 'E' -> ENDED;
				default -> UNLOCKED;
			};
		}

	}

	/**
	 * What is sent; a script adds the version.
	 * @param kind what happened
	 * @param name name of the session
	 */
	static byte[] message(Kind kind, String name) {
		return (kind.name().charAt(0) + name).getBytes(StandardCharsets.US_ASCII);
	}

	/**
	 * Reads a message.
	 * @return {@code null} for one this version does not know
	 */
	static @Nullable News read(byte[] message) {
		Matcher matcher = MESSAGE.matcher(new String(message, StandardCharsets.US_ASCII));
		if (!matcher.matches()) {
			return null;
		}
		String version = matcher.group(3);
		return new News(Kind.of(matcher.group(1).charAt(0)), matcher.group(2),
				version.isEmpty() ? 0 : Long.parseLong(version));
	}

}
