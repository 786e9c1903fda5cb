package dev.pergola.session.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeoutException;

import dev.pergola.session.SessionsUnavailableException;
import dev.pergola.session.store.SessionName;
import dev.pergola.session.token.RefreshLock;
import io.lettuce.core.SetArgs;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/**
 * A lock in Redis. It ends two seconds after its holder has died; while the holder works
 * it is extended.
 */
final class RedisRefreshLock implements RefreshLock {

	private static final Duration LIFE = Duration.ofSeconds(2);

	private static final Duration EXTEND = Duration.ofMillis(500);

	/** A message that the lock is free may be lost. */
	private static final Duration LOOK = Duration.ofMillis(200);

	private final RedisLink redis;

	private final Duration maxWait;

	private final Sinks.Many<String> unlocked = Sinks.many().multicast().directBestEffort();

	/**
	 * Creates the lock.
	 * @param maxWait time to wait for a lock
	 */
	RedisRefreshLock(RedisLink redis, Duration maxWait) {
		this.redis = redis;
		this.maxWait = maxWait;
		redis.listen(this::on);
	}

	@Override
	public <T> Mono<T> whileHeld(String sessionId, Mono<T> work) {
		return Mono.defer(() -> {
			String name = SessionName.of(sessionId);
			Held held = new Held(name, UUID.randomUUID().toString());
			return Mono.usingWhen(acquire(held), (mine) -> extendDuring(mine, work), this::release);
		});
	}

	private Mono<Held> acquire(Held held) {
		Mono<Void> free = Mono.defer(() -> this.unlocked.asFlux()
			.filter(held.name()::equals)
			.next()
			.then()
			.timeout(LOOK, Mono.empty(), Schedulers.parallel())
			.publishOn(Schedulers.parallel()));
		return this.redis.ask((redis) -> redis.set(key(held), held.holder(), SetArgs.Builder.nx().px(LIFE)))
			.filter("OK"::equals)
			.repeatWhenEmpty((attempts) -> attempts.concatMap((attempt) -> free.thenReturn(attempt)))
			.timeout(this.maxWait)
			.onErrorMap(TimeoutException.class, SessionsUnavailableException::new)
			.thenReturn(held);
	}

	private <T> Mono<T> extendDuring(Held held, Mono<T> work) {
		return Mono.using(() -> extend(held), (extending) -> work, Disposable::dispose);
	}

	private Disposable extend(Held held) {
		return Flux.interval(EXTEND, Schedulers.parallel())
			.onBackpressureDrop()
			.concatMap(
					(tick) -> this.redis.run(Script.EXTEND, new String[] { key(held) }, held.holder(), LIFE.toMillis())
						.onErrorComplete())
			.subscribe();
	}

	private Mono<Void> release(Held held) {
		return this.redis
			.run(Script.RELEASE, new String[] { key(held) }, held.holder(), this.redis.channel(),
					News.message(News.Kind.UNLOCKED, held.name()))
			.onErrorComplete()
			.then();
	}

	private synchronized void on(News news) {
		if (news.kind() == News.Kind.UNLOCKED) {
			this.unlocked.tryEmitNext(news.name());
		}
	}

	private String key(Held held) {
		return this.redis.key("l", held.name());
	}

	private record Held(String name, String token) {

		byte[] holder() {
			return this.token.getBytes(StandardCharsets.US_ASCII);
		}

	}

}
