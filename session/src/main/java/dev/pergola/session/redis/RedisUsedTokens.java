package dev.pergola.session.redis;

import java.time.Duration;

import dev.pergola.session.logout.UsedTokens;
import dev.pergola.session.store.SessionName;
import reactor.core.publisher.Mono;

/**
 * Used logout tokens in Redis, each until it is too old anyway.
 */
final class RedisUsedTokens implements UsedTokens {

	private static final byte[] USED = { '1' };

	private final RedisLink redis;

	RedisUsedTokens(RedisLink redis) {
		this.redis = redis;
	}

	@Override
	public Mono<Boolean> isUsed(String id) {
		return this.redis.ask((redis) -> redis.exists(key(id))).map((count) -> count > 0);
	}

	@Override
	public Mono<Void> use(String id, Duration time) {
		return this.redis.ask((redis) -> redis.psetex(key(id), time.toMillis(), USED)).then();
	}

	private String key(String id) {
		return this.redis.key("t", SessionName.of(id));
	}

}
