package dev.pergola.session.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.regex.Pattern;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.pergola.session.store.SessionName;
import dev.pergola.session.store.SharedWork;
import io.lettuce.core.KeyValue;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Sessions this node has read from Redis: good for a second, confirmed in the background
 * after half of it while they are used, and gone as soon as another node tells.
 */
final class NearCache {

	private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{43}");

	private static final long GOOD_NANOS = Duration.ofSeconds(1).toNanos();

	private static final long CONFIRM_NANOS = GOOD_NANOS / 2;

	private static final int STAMPS = 1024;

	private final RedisLink redis;

	private final SessionCodec codec;

	private final Cache<String, NearSession> sessions;

	private final Cache<String, String> names;

	// Calls that come at once ask once.
	private final SharedWork<NearSession> reading = new SharedWork<>();

	// How often something was told of sessions of a hash: an answer that was on its way
	// meanwhile may be older than that.
	private final AtomicLongArray stamps = new AtomicLongArray(STAMPS);

	NearCache(RedisLink redis, SessionCodec codec, int maxSessions) {
		this.redis = redis;
		this.codec = codec;
		this.sessions = Caffeine.newBuilder().maximumSize(maxSessions).expireAfterAccess(Duration.ofHours(1)).build();
		this.names = Caffeine.newBuilder().maximumSize(maxSessions).build();
		redis.listen(this::on);
	}

	/**
	 * Name of a session; remembered, as to make it costs more than all else about a call.
	 * @param value value of the session cookie
	 * @return {@code null} when it cannot be the id of a session
	 */
	@Nullable String name(String value) {
		String name = this.names.getIfPresent(value);
		if (name == null && ID.matcher(value).matches()) {
			name = SessionName.of(value);
			this.names.put(value, name);
		}
		return name;
	}

	/** Where a session of a name is kept. */
	String key(String name) {
		return this.redis.key("s", name);
	}

	/**
	 * What is remembered of a session, if it is good; confirms it in time.
	 * @param name name of the session
	 * @return {@code null} when Redis has to be asked first
	 */
	@Nullable NearSession find(String name) {
		NearSession near = this.sessions.getIfPresent(name);
		long age = (near != null) ? near.age() : GOOD_NANOS;
		if (near == null || age >= GOOD_NANOS) {
			return null;
		}
		if (age > CONFIRM_NANOS && near.content != null) {
			confirm(name, near);
		}
		return near;
	}

	/**
	 * Whether a session that was open still is, as far as is known; asks in the
	 * background. The answer is late by one call at most, unless Redis is away.
	 * @param name name of the session
	 */
	boolean isOpen(String name) {
		NearSession near = this.sessions.asMap().computeIfAbsent(name, (key) -> NearSession.unknown());
		if (near.age() > CONFIRM_NANOS && !near.over) {
			confirm(name, near);
		}
		return !near.over && !near.isSuspect();
	}

	/** A session, from here or from Redis. */
	Mono<NearSession> get(String name) {
		return Mono.defer(() -> {
			NearSession near = find(name);
			if (near != null) {
				return Mono.just(near);
			}
			NearSession old = this.sessions.getIfPresent(name);
			return CallerLoop.back(
					this.reading.join(name, (old != null && old.content != null) ? confirmed(name, old) : read(name)));
		});
	}

	/** A session, from Redis. */
	Mono<NearSession> read(String name) {
		return Mono.defer(() -> {
			long askedAt = System.nanoTime();
			long stamp = this.stamps.get(index(name));
			return this.redis.ask((redis) -> redis.hmget(key(name), "v", "a", "d"))
				.map((fields) -> near(name, fields, askedAt))
				.doOnNext((near) -> {
					if (this.stamps.get(index(name)) == stamp) {
						this.sessions.put(name, near);
					}
				});
		});
	}

	/** Remembers what this node has just written. */
	void put(String name, NearSession near) {
		outdate(name);
		this.sessions.put(name, near);
	}

	/** Remembers that a session is over. */
	void end(String name) {
		put(name, NearSession.over(System.nanoTime()));
	}

	/** Remembers nothing of a session. */
	void forget(String name) {
		outdate(name);
		this.sessions.invalidate(name);
	}

	private void on(News news) {
		switch (news.kind()) {
			case CHANGED -> {
				NearSession near = this.sessions.getIfPresent(news.name());
				// The node that wrote it is told, too.
				if (near == null || near.version < news.version()) {
					forget(news.name());
				}
			}
			case ENDED -> end(news.name());
			case UNLOCKED -> {
			}
		}
	}

	private void confirm(String name, NearSession near) {
		if (near.ask()) {
			confirmed(name, near).subscribe((latest) -> near.asked(true), (ex) -> near.asked(false));
		}
	}

	// By version: the document is read when it has another one, which is mostly told.
	private Mono<NearSession> confirmed(String name, NearSession near) {
		return Mono.defer(() -> {
			long askedAt = System.nanoTime();
			return this.redis.ask((redis) -> redis.hmget(key(name), "v", "a")).flatMap((fields) -> {
				if (near.content == null || number(fields.get(0)) != near.version) {
					return read(name);
				}
				near.confirm(askedAt, number(fields.get(1)));
				return Mono.just(near);
			});
		});
	}

	private NearSession near(String name, List<KeyValue<String, byte[]>> fields, long askedAt) {
		return Optional.of(fields.get(2))
			.filter(KeyValue::hasValue)
			.flatMap((document) -> this.codec.read(name, document.getValue()))
			.map((content) -> NearSession.live(number(fields.get(0)), content, askedAt, number(fields.get(1))))
			.orElseGet(() -> NearSession.over(askedAt));
	}

	private static long number(KeyValue<String, byte[]> field) {
		return field.hasValue() ? Long.parseLong(new String(field.getValue(), StandardCharsets.US_ASCII)) : 0;
	}

	private void outdate(String name) {
		this.stamps.incrementAndGet(index(name));
		this.reading.forget(name);
	}

	private static int index(String name) {
		return Math.floorMod(name.hashCode(), STAMPS);
	}

}
