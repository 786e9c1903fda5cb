package dev.pergola.session.redis;

import java.time.Instant;

import dev.pergola.session.KnownSession;
import dev.pergola.session.KnownSessions;
import dev.pergola.session.store.Renewal;
import dev.pergola.session.store.TokenLife;
import org.jspecify.annotations.Nullable;

/**
 * Looks into the near-cache.
 */
final class NearKnownSessions implements KnownSessions {

	private final NearCache near;

	private final RedisSessionStore store;

	private final TokenLife life;

	private final Renewal renewal;

	NearKnownSessions(NearCache near, RedisSessionStore store, TokenLife life, Renewal renewal) {
		this.near = near;
		this.store = store;
		this.life = life;
		this.renewal = renewal;
	}

	@Override
	public @Nullable KnownSession find(@Nullable String sessionId) {
		String name = (sessionId != null) ? this.near.name(sessionId) : null;
		NearSession session = (name != null) ? this.near.find(name) : null;
		NearSession.Ready ready = (session != null) ? session.ready : null;
		if (sessionId == null || name == null || session == null || ready == null) {
			return null;
		}
		Instant now = this.store.now();
		if (this.store.isOver(session, now) || !this.life.isFresh(ready.accessToken(), now)) {
			return null;
		}
		this.store.use(name, session, now);
		if (this.life.isDue(ready.accessToken(), now)) {
			this.renewal.renew(sessionId);
		}
		return ready.session();
	}

	@Override
	public boolean isOpen(String sessionId) {
		String name = this.near.name(sessionId);
		return name != null && this.near.isOpen(name);
	}

}
