package dev.pergola.registry.request;

import java.util.Arrays;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Header {@code If-Match} (RFC 9110, 13.1.1) over revisions: the entity tag of a state is
 * the number of the write that made it.
 */
public final class IfMatch {

	private IfMatch() {
	}

	/**
	 * Entity tag of a state.
	 * @param revision write that made it
	 * @return strong entity tag, with quotes
	 */
	public static String tag(long revision) {
		return "\"%d\"".formatted(revision);
	}

	/**
	 * Checks the header; {@link PreconditionMissingException} without it,
	 * {@link StaleStateException} when it names another state.
	 * @param header value of the header
	 * @param revision revision of the current state
	 * @param current the current state, for the caller to look at
	 */
	public static void require(@Nullable String header, long revision, Supplier<Object> current) {
		if (header == null || header.isBlank()) {
			throw new PreconditionMissingException();
		}
		allow(header, revision, current);
	}

	/** As {@link #require}, but no header fits every state. */
	public static void allow(@Nullable String header, long revision, Supplier<Object> current) {
		if (header == null || header.isBlank() || header.strip().equals("*")) {
			return;
		}
		if (Arrays.stream(header.split(",", -1)).map(String::strip).noneMatch(tag(revision)::equals)) {
			throw new StaleStateException(revision, current.get());
		}
	}

}
