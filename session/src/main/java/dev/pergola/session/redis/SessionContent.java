package dev.pergola.session.redis;

import java.time.Instant;
import java.util.Map;

/**
 * What a session holds, ready to use.
 *
 * @param id id of the session
 * @param createdAt when it began
 * @param attributes what sign-in put there, and texts
 */
record SessionContent(String id, Instant createdAt, Map<String, Object> attributes) {

	SessionContent {
		attributes = Map.copyOf(attributes);
	}

	/** Without what it holds. */
	@Override
	public String toString() {
		return "SessionContent[createdAt=%s]".formatted(this.createdAt);
	}

}
