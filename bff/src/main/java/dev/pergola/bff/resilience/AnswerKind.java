package dev.pergola.bff.resilience;

import java.util.List;

import org.jspecify.annotations.Nullable;

/** Tells streams from answers that end by themselves. */
public final class AnswerKind {

	private static final List<String> STREAMS = List.of("text/event-stream", "application/x-ndjson",
			"application/ndjson", "application/grpc", "application/grpc+proto", "application/grpc+json");

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
		for (String stream : STREAMS) {
			if (contentType.regionMatches(true, 0, stream, 0, stream.length())) {
				return true;
			}
		}
		return false;
	}

}
