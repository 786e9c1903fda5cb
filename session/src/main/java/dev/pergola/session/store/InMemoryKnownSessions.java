package dev.pergola.session.store;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import dev.pergola.session.KnownSession;
import dev.pergola.session.KnownSessions;
import dev.pergola.session.SessionPrincipal;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.web.server.context.WebSessionServerSecurityContextRepository;
import org.springframework.web.server.WebSession;

/**
 * Looks into the memory of this process.
 */
public class InMemoryKnownSessions implements KnownSessions {

	/** Precise enough for idle time, and no write for each call. */
	private static final Duration USE = Duration.ofSeconds(1);

	private final InMemorySessionStore store;

	private final TokenLife life;

	private final Renewal renewal;

	private final Clock clock;

	/**
	 * Creates the look into a store.
	 * @param store sessions
	 * @param life when an access token has had its time
	 * @param renewal renews what is due
	 */
	public InMemoryKnownSessions(InMemorySessionStore store, TokenLife life, Renewal renewal) {
		this.store = store;
		this.life = life;
		this.renewal = renewal;
		this.clock = life.clock();
	}

	@Override
	public @Nullable KnownSession find(@Nullable String sessionId) {
		if (sessionId == null) {
			return null;
		}
		WebSession session = this.store.getSessions().get(sessionId);
		if (session == null || session.isExpired()) {
			return null;
		}
		SignedIn signedIn = SignedIn.find(session).orElse(null);
		SecurityContext context = session
			.getAttribute(WebSessionServerSecurityContextRepository.DEFAULT_SPRING_SECURITY_CONTEXT_ATTR_NAME);
		Instant now = Instant.now(this.clock);
		if (signedIn == null || context == null || context.getAuthentication() == null
				|| this.store.isOver(signedIn, now) || !this.life.isFresh(signedIn.client().getAccessToken(), now)) {
			return null;
		}
		use(session, now);
		if (this.life.isDue(signedIn.client().getAccessToken(), now)) {
			this.renewal.renew(sessionId);
		}
		return new KnownSession(SessionPrincipal.of(context.getAuthentication()), signedIn.issuer(),
				signedIn.client().getAccessToken().getTokenValue());
	}

	@Override
	public boolean isOpen(String sessionId) {
		WebSession session = this.store.getSessions().get(sessionId);
		return session != null && !session.isExpired()
				&& SignedIn.find(session)
					.filter((signedIn) -> !this.store.isOver(signedIn, Instant.now(this.clock)))
					.isPresent();
	}

	private void use(WebSession session, Instant now) {
		if (session.getLastAccessTime().plus(USE).isBefore(now)) {
			this.store.updateLastAccessTime(session).subscribe();
		}
	}

}
