package dev.pergola.bff.limits;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

import dev.pergola.bff.redis.RedisLink;
import io.lettuce.core.LettuceFutures;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.async.RedisAsyncCommands;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the buckets of several processes together by way of Redis. No call waits for it:
 * a thread of its own tells Redis every moment what was taken here, and takes over what
 * is left of all. While Redis is away, or does not answer in time, every process counts
 * for itself; what is taken then is charged to nobody later.
 */
final class RedisBuckets implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(RedisBuckets.class);

	private static final Duration PAUSE = Duration.ofSeconds(1);

	/** Failures in a row after which a connection is taken to be dead. */
	private static final int DEAD = 10;

	/**
	 * A bucket is the time at which it will be full, in microseconds of Redis' clock; a
	 * full one is no key. KEYS: the bucket. ARGV: what was taken, what it holds, both as
	 * times. Answers how long until it is full.
	 */
	private static final String SCRIPT = """
			local time = redis.call('TIME')
			local now = time[1] * 1000000 + time[2]
			local full = math.max(tonumber(redis.call('GET', KEYS[1]) or now), now) + ARGV[1]
			full = math.min(full, now + 2 * ARGV[2])
			if full <= now then
			  redis.call('DEL', KEYS[1])
			  return 0
			end
			redis.call('SET', KEYS[1], string.format('%.0f', full), 'PX', math.ceil((full - now) / 1000))
			return full - now
			""";

	private final LimitProperties.Redis properties;

	private final LongSupplier nanoTime;

	private final RedisLink link;

	private final Queue<Bucket> used = new ConcurrentLinkedQueue<>();

	private final LongAdder rounds = new LongAdder();

	private final LongAdder failedRounds = new LongAdder();

	private final ScheduledExecutorService executor = Executors
		.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("bff-limits").factory());

	private @Nullable String sha;

	private int failures;

	private volatile boolean away = true;

	/**
	 * Buckets that are not kept together yet.
	 * @param nanoTime as {@link System#nanoTime()} has it
	 */
	RedisBuckets(LimitProperties.Redis properties, String url, LongSupplier nanoTime) {
		this.properties = properties;
		this.nanoTime = nanoTime;
		this.link = new RedisLink(url, properties.timeout(), properties.maxBatch());
	}

	/** Begins; the first answer of Redis may take as long as it likes. */
	void start() {
		this.executor.schedule(this::run, 0, TimeUnit.MILLISECONDS);
	}

	private void run() {
		Duration wait = PAUSE;
		try {
			wait = round() ? this.properties.sync() : PAUSE;
		}
		finally {
			// Whatever happened, or limits would never be shared again.
			if (!this.executor.isShutdown()) {
				this.executor.schedule(this::run, wait.toMillis(), TimeUnit.MILLISECONDS);
			}
		}
	}

	/** The other processes' end of a bucket. */
	Bucket.Shared share(BucketKey key) {
		return new Bucket.Shared(this.properties.prefix() + key.digest(), this.used);
	}

	/** Whether every process counts for itself. */
	boolean isAway() {
		return this.away;
	}

	/**
	 * Part of each limit this process may give: all of it while what is left is known of
	 * all.
	 */
	double part() {
		return this.away ? this.properties.awayShare() : 1;
	}

	long rounds() {
		return this.rounds.sum();
	}

	long failedRounds() {
		return this.failedRounds.sum();
	}

	/**
	 * Tells Redis what was taken, once; on one thread at a time.
	 * @return whether it answered
	 */
	boolean round() {
		try {
			RedisAsyncCommands<String, String> commands = this.link.commands();
			if (this.sha == null) {
				this.sha = commands.scriptLoad(SCRIPT).get(this.properties.timeout().toMillis(), TimeUnit.MILLISECONDS);
			}
			sync(commands, this.sha);
			this.rounds.increment();
			onAnswer();
			return true;
		}
		catch (RedisNoScriptException ex) {
			// Another Redis, or one that started anew: the next round tells it the
			// script.
			this.sha = null;
			return true;
		}
		catch (RedisException | ExecutionException | TimeoutException ex) {
			onFailure(ex);
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
		catch (RuntimeException ex) {
			if (this.failures == 0) {
				log.error("round of limits failed", ex);
			}
			onFailure(ex);
			return false;
		}
	}

	private void sync(RedisAsyncCommands<String, String> commands, String script) {
		List<RedisFuture<?>> asked = new ArrayList<>();
		Bucket bucket;
		while (asked.size() < this.properties.maxBatch() && (bucket = this.used.poll()) != null) {
			long nanos = bucket.pollUsed();
			if (nanos != 0) {
				asked.add(ask(commands, script, bucket, nanos));
			}
		}
		if (!LettuceFutures.awaitAll(this.properties.timeout().toNanos(), TimeUnit.NANOSECONDS,
				asked.toArray(RedisFuture[]::new))) {
			throw new RedisCommandTimeoutException("limits: %d buckets".formatted(asked.size()));
		}
	}

	private RedisFuture<Long> ask(RedisAsyncCommands<String, String> commands, String script, Bucket bucket,
			long nanos) {
		RedisFuture<Long> answer = commands.evalsha(script, ScriptOutputType.INTEGER,
				new String[] { bucket.sharedKey() }, Long.toString(TimeUnit.NANOSECONDS.toMicros(nanos)),
				Long.toString(TimeUnit.NANOSECONDS.toMicros(bucket.limit().nanos())));
		answer.thenAccept((micros) -> bucket.adopt(TimeUnit.MICROSECONDS.toNanos(micros), this.nanoTime.getAsLong()));
		return answer;
	}

	private void onAnswer() {
		this.failures = 0;
		if (this.away) {
			this.away = false;
			log.info("limits are shared");
		}
	}

	private void onFailure(Exception ex) {
		this.failedRounds.increment();
		// Asked for again first of all: whoever answers that answers the rest.
		this.sha = null;
		this.failures++;
		if (this.failures == 1) {
			log.warn("limits are not shared, as Redis does not answer: part={} because={}", this.properties.awayShare(),
					cause(ex));
		}
		this.away = true;
		Bucket bucket;
		while ((bucket = this.used.poll()) != null) {
			bucket.pollUsed();
		}
		if (this.failures % DEAD == 0) {
			this.link.drop();
		}
	}

	// Addresses and what Redis says stay out of it.
	private static String cause(Exception ex) {
		Throwable cause = (ex instanceof ExecutionException && ex.getCause() != null) ? ex.getCause() : ex;
		return (cause instanceof RedisCommandExecutionException && cause.getMessage() != null)
				? cause.getMessage().split(" ")[0] : cause.getClass().getSimpleName();
	}

	@Override
	public void close() {
		this.executor.shutdownNow();
		this.link.close();
	}

}
