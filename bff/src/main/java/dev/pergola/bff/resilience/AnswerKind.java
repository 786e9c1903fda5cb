package dev.pergola.bff.resilience;

import java.util.List;

import org.jspecify.annotations.Nullable;

/** Tells streams from answers that end by themselves, for both ways of a call. */
public final class AnswerKind {

	private static final List<String> STREAMS = List.of("text/event-stream", "application/x-ndjson",
			"application/ndjson", "application/grpc", "application/grpc+proto", "application/grpc+json");

	private static final String[] NAMES = STREAMS.toArray(String[]::new);

	/**
	 * Where the second word of each begins, whose first letter tells most others apart.
	 */
	private static final int[] SECOND = STREAMS.stream().mapToInt((name) -> name.indexOf('/') + 1).toArray();

	private AnswerKind() {
	}

	/** Media types of streams. */
	public static List<String> streams() {
		return STREAMS;
	}

	/**
	 * Whether an answer may go on for as long as it likes.
	 * @param contentType value of the header
	 */
	public static boolean isStream(@Nullable String contentType) {
		if (contentType == null) {
			return false;
		}
		return isStream(contentType, 0);
	}

	/**
	 * Whether a client asks for a stream by its name.
	 * @param accept value of the header
	 */
	public static boolean isAskedFor(String accept) {
		int start = 0;
		while (start < accept.length()) {
			char c = accept.charAt(start);
			if (c == ' ' || c == '\t' || c == ',') {
				start++;
			}
			else if (isStream(accept, start)) {
				return true;
			}
			else {
				int comma = accept.indexOf(',', start);
				start = (comma < 0) ? accept.length() : comma + 1;
			}
		}
		return false;
	}

	private static boolean isStream(String types, int start) {
		for (int i = 0; i < NAMES.length; i++) {
			String name = NAMES[i];
			int second = SECOND[i];
			// Most differ in one letter, which a blank makes small: every call comes by
			// here twice.
			if (start + name.length() <= types.length() && (types.charAt(start + second) | ' ') == name.charAt(second)
					&& types.regionMatches(true, start, name, 0, name.length())) {
				return true;
			}
		}
		return false;
	}

}
