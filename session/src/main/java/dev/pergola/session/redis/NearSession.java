package dev.pergola.session.redis;

import java.time.Duration;
import java.time.Instant;

import dev.pergola.session.KnownSession;
import dev.pergola.session.SessionPrincipal;
import dev.pergola.session.store.SignedIn;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.web.server.context.WebSessionServerSecurityContextRepository;

/**
 * A session as this node read it.
 */
final class NearSession {

	private static final long SUSPECT_NANOS = Duration.ofSeconds(30).toNanos();

	/** Version in Redis, 0 for what is not there. */
	final long version;

	/** What it holds, {@code null} for what is not there. */
	final @Nullable SessionContent content;

	/** What the direct path needs, {@code null} when nobody is signed in. */
	final @Nullable Ready ready;

	/** Whether it is over for certain. */
	final boolean over;

	private volatile long confirmedAt;

	private volatile long failingSince;

	private volatile long usedAt;

	private boolean asking;

	private NearSession(long version, @Nullable SessionContent content, boolean over, long confirmedAt, long usedAt) {
		this.version = version;
		this.content = content;
		this.ready = (content != null) ? Ready.of(content) : null;
		this.over = over;
		this.confirmedAt = confirmedAt;
		this.usedAt = usedAt;
	}

	/**
	 * A session that is there.
	 * @param askedAt when it was asked for, as {@link System#nanoTime()} has it
	 * @param usedAt when it was last used, in milliseconds
	 */
	static NearSession live(long version, SessionContent content, long askedAt, long usedAt) {
		return new NearSession(version, content, false, askedAt, usedAt);
	}

	/** One that is over. */
	static NearSession over(long askedAt) {
		return new NearSession(0, null, true, askedAt, 0);
	}

	/** One nobody has asked for yet. */
	static NearSession unknown() {
		return new NearSession(0, null, false, System.nanoTime() - Duration.ofHours(1).toNanos(), 0);
	}

	/** Nanoseconds since it was surely so. */
	long age() {
		return System.nanoTime() - this.confirmedAt;
	}

	void confirm(long askedAt, long lastUse) {
		this.confirmedAt = askedAt;
		this.failingSince = 0;
		this.usedAt = Math.max(this.usedAt, lastUse);
	}

	/** Whether nobody is asking Redis for it yet; who is told so asks. */
	synchronized boolean ask() {
		boolean first = !this.asking;
		this.asking = true;
		return first;
	}

	synchronized void asked(boolean answered) {
		this.asking = false;
		if (!answered && this.failingSince == 0) {
			this.failingSince = System.nanoTime();
		}
	}

	/** Whether Redis has not told of it for longer than anyone should rely on it. */
	boolean isSuspect() {
		return this.failingSince != 0 && System.nanoTime() - this.failingSince > SUSPECT_NANOS;
	}

	/** Whether it is time to write when it was last used; who is told so writes. */
	boolean use(long now, long interval) {
		return now - this.usedAt > interval && useNow(now, interval);
	}

	private synchronized boolean useNow(long now, long interval) {
		boolean due = now - this.usedAt > interval;
		if (due) {
			this.usedAt = now;
		}
		return due;
	}

	/**
	 * What calls go out with.
	 *
	 * @param session principal and access token
	 * @param accessToken the same access token, with its times
	 * @param at when the person signed in
	 */
	record Ready(KnownSession session, OAuth2AccessToken accessToken, Instant at) {

		static @Nullable Ready of(SessionContent content) {
			Object signedIn = content.attributes().get(SignedIn.class.getName());
			Object context = content.attributes()
				.get(WebSessionServerSecurityContextRepository.DEFAULT_SPRING_SECURITY_CONTEXT_ATTR_NAME);
			if (signedIn instanceof SignedIn person && context instanceof SecurityContext security
					&& security.getAuthentication() != null) {
				OAuth2AccessToken accessToken = person.client().getAccessToken();
				return new Ready(new KnownSession(SessionPrincipal.of(security.getAuthentication()), person.issuer(),
						accessToken.getTokenValue()), accessToken, person.at());
			}
			return null;
		}

	}

}
