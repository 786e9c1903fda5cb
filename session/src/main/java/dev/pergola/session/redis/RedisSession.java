package dev.pergola.session.redis;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.web.server.WebSession;

/**
 * A session as one request sees it. What it holds is written when it has changed, and
 * only over what was read.
 */
final class RedisSession implements WebSession {

	private final RedisSessionStore store;

	private final Instant createdAt;

	private final Map<String, Object> attributes;

	private volatile String id;

	/** Version that was read, 0 for a session that is not kept yet. */
	private volatile long version;

	private volatile Map<String, Object> kept;

	private volatile boolean started;

	private volatile boolean over;

	private volatile Duration maxIdleTime;

	/**
	 * A new session.
	 * @param maxIdleTime time without a request after which it ends
	 */
	RedisSession(RedisSessionStore store, String id, Instant createdAt, Duration maxIdleTime) {
		this(store, new SessionContent(id, createdAt, Map.of()), 0, maxIdleTime);
	}

	/**
	 * A session that was read.
	 * @param version version in Redis, 0 for a new one
	 */
	RedisSession(RedisSessionStore store, SessionContent content, long version, Duration maxIdleTime) {
		this.store = store;
		this.id = content.id();
		this.createdAt = content.createdAt();
		this.attributes = new ConcurrentHashMap<>(content.attributes());
		this.kept = content.attributes();
		this.version = version;
		this.started = version > 0;
		this.maxIdleTime = maxIdleTime;
	}

	SessionContent content() {
		return new SessionContent(this.id, this.createdAt, this.attributes);
	}

	long version() {
		return this.version;
	}

	void kept(SessionContent content, long newVersion) {
		this.kept = content.attributes();
		this.version = newVersion;
	}

	@Override
	public String getId() {
		return this.id;
	}

	@Override
	public Map<String, Object> getAttributes() {
		return this.attributes;
	}

	@Override
	public void start() {
		this.started = true;
	}

	@Override
	public boolean isStarted() {
		return this.started || !this.attributes.isEmpty();
	}

	@Override
	public Mono<Void> changeSessionId() {
		return Mono.defer(() -> {
			String before = this.id;
			boolean known = this.version > 0;
			this.id = this.store.newId();
			this.version = 0;
			return known ? this.store.removeSession(before) : Mono.empty();
		});
	}

	@Override
	public Mono<Void> invalidate() {
		return Mono.defer(() -> {
			this.over = true;
			this.attributes.clear();
			return (this.version > 0) ? this.store.removeSession(this.id) : Mono.empty();
		});
	}

	@Override
	public Mono<Void> save() {
		return Mono.defer(() -> {
			if (this.over) {
				return Mono.error(new IllegalStateException("session: over (expected: one that goes on)"));
			}
			if (!isStarted()) {
				return Mono.empty();
			}
			if (this.version == 0) {
				return this.store.create(this);
			}
			return isChanged() ? this.store.update(this) : Mono.empty();
		});
	}

	private boolean isChanged() {
		return this.attributes.size() != this.kept.size() || this.attributes.entrySet()
			.stream()
			.anyMatch((attribute) -> isOther(this.kept.get(attribute.getKey()), attribute.getValue()));
	}

	private static boolean isOther(@Nullable Object before, Object now) {
		return before != now && !now.equals(before);
	}

	@Override
	public boolean isExpired() {
		return this.over;
	}

	@Override
	public Instant getCreationTime() {
		return this.createdAt;
	}

	@Override
	public Instant getLastAccessTime() {
		return this.store.now();
	}

	@Override
	public void setMaxIdleTime(Duration maxIdleTime) {
		this.maxIdleTime = maxIdleTime;
	}

	@Override
	public Duration getMaxIdleTime() {
		return this.maxIdleTime;
	}

}
