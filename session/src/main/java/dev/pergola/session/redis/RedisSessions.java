package dev.pergola.session.redis;

import java.time.Clock;

import dev.pergola.session.KnownSessions;
import dev.pergola.session.SessionProperties;
import dev.pergola.session.login.PendingLogins;
import dev.pergola.session.login.SessionUsers;
import dev.pergola.session.logout.UsedTokens;
import dev.pergola.session.store.Renewal;
import dev.pergola.session.store.SessionEnds;
import dev.pergola.session.store.SessionStore;
import dev.pergola.session.store.TokenLife;
import dev.pergola.session.token.RefreshLock;
import reactor.core.scheduler.Schedulers;

/**
 * Everything about sessions that is kept in Redis, over one link.
 */
public final class RedisSessions implements AutoCloseable {

	private final RedisLink redis;

	private final SessionKeys keys;

	private final NearCache near;

	private final RedisSessionStore store;

	private final SessionProperties properties;

	private final Clock clock;

	/**
	 * Connects, and goes on trying when Redis is away.
	 * @param place where Redis is, and the keys
	 * @param properties lifetimes and bounds
	 * @param users makes people of id tokens
	 * @param clock clock
	 */
	public RedisSessions(StoreProperties place, SessionProperties properties, SessionUsers users, Clock clock) {
		if (place.redis().lastUse().compareTo(properties.lifetime().idle().dividedBy(2)) > 0) {
			throw new IllegalArgumentException("redis.last-use: %s (expected: at most half of lifetime.idle %s)"
				.formatted(place.redis().lastUse(), properties.lifetime().idle()));
		}
		this.keys = new SessionKeys(place.keys());
		this.properties = properties;
		this.clock = clock;
		this.redis = new RedisLink(place.redis());
		SessionCodec codec = new SessionCodec(this.keys, users);
		this.near = new NearCache(this.redis, codec, properties.maxSessions());
		this.store = new RedisSessionStore(this.redis, codec, this.near, properties.lifetime(), place.redis().lastUse(),
				clock);
	}

	/**
	 * Tells streams of this node what ends on others.
	 * @param ends streams of this node
	 */
	public void tell(SessionEnds ends) {
		this.redis.listen((news) -> {
			if (news.kind() == News.Kind.ENDED) {
				// What ends with it must not run on the thread that reads the news.
				Schedulers.parallel().schedule(() -> ends.tell(news.name()));
			}
		});
	}

	/** The sessions. */
	public SessionStore store() {
		return this.store;
	}

	/**
	 * What is known without asking Redis.
	 * @param renewal renews access tokens that are due
	 */
	public KnownSessions known(Renewal renewal) {
		return new NearKnownSessions(this.near, this.store,
				new TokenLife(this.properties.refresh().early(), this.clock), renewal);
	}

	/** A lock for each session. */
	public RefreshLock lock() {
		return new RedisRefreshLock(this.redis, this.properties.refresh().maxWait());
	}

	/** Begun sign-ins. */
	public PendingLogins pendingLogins() {
		return new RedisPendingLogins(this.redis, this.keys, this.properties.login(), this.clock);
	}

	/** Used logout tokens. */
	public UsedTokens usedTokens() {
		return new RedisUsedTokens(this.redis);
	}

	@Override
	public void close() {
		this.redis.close();
	}

}
