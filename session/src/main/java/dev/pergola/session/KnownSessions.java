package dev.pergola.session;

import org.jspecify.annotations.Nullable;

/**
 * What is known of sessions without asking anybody: for who cannot wait. Neither blocks
 * nor calls out.
 */
public interface KnownSessions {

	/** Knows nothing, for a store elsewhere that does not say what it knows. */
	KnownSessions NONE = new KnownSessions() {

		@Override
		public @Nullable KnownSession find(@Nullable String sessionId) {
			return null;
		}

		@Override
		public boolean isOpen(String sessionId) {
			return true;
		}

	};

	/**
	 * The session of an id; counts as a use of it.
	 * @param sessionId value of the session cookie, {@code null} for none
	 * @return {@code null} when the session is unknown here, over, or its access token
	 * has to be renewed first; it may be good all the same, and others can tell
	 */
	@Nullable KnownSession find(@Nullable String sessionId);

	/**
	 * Whether a session that was found goes on, for an answer that takes long; no use of
	 * it. Its access token may have expired meanwhile.
	 * @param sessionId value of the session cookie
	 * @return {@code false} only when it is known to be over
	 */
	boolean isOpen(String sessionId);

}
