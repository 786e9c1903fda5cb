package dev.pergola.bff.runlog;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.pergola.bff.redis.RedisLink;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.async.RedisAsyncCommands;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that does the same again and again with a connection of its own, and waits for
 * Redis so that nobody else has to.
 */
final class Rounds implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(Rounds.class);

	private static final Duration PAUSE = Duration.ofMillis(500);

	/** Failures in a row after which a connection is taken to be dead. */
	private static final int DEAD = 4;

	private final String name;

	private final RedisLink link;

	private final Duration period;

	private final Duration timeout;

	private final Body body;

	private final ScheduledExecutorService executor;

	private int failures;

	private volatile boolean away = true;

	private volatile boolean closed;

	private volatile long goodSince = System.nanoTime();

	Rounds(String name, RunLogProperties.Redis properties, RedisLink link, Body body) {
		this.name = name;
		this.link = link;
		this.period = properties.flush();
		this.timeout = properties.timeout();
		this.body = body;
		this.executor = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name(name).factory());
	}

	void start() {
		this.executor.schedule(this::run, 0, TimeUnit.MILLISECONDS);
	}

	boolean isAway() {
		return this.away;
	}

	/** How long Redis has answered without a break. */
	Duration goodFor() {
		return this.away ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - this.goodSince);
	}

	/** The answer, within its time. */
	<T> T await(CompletableFuture<T> answer) throws ExecutionException, TimeoutException, InterruptedException {
		return answer.get(this.timeout.toMillis(), TimeUnit.MILLISECONDS);
	}

	private void run() {
		Duration next = round();
		if (!this.closed) {
			this.executor.schedule(this::run, next.toMillis(), TimeUnit.MILLISECONDS);
		}
	}

	private Duration round() {
		try {
			boolean more = this.body.round(this.link.commands());
			this.failures = 0;
			if (this.away) {
				this.goodSince = System.nanoTime();
				this.away = false;
				log.info("runs are shared: by={}", this.name);
			}
			return more ? Duration.ZERO : this.period;
		}
		catch (RedisException | ExecutionException | TimeoutException ex) {
			onFailure(ex);
			return PAUSE;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return PAUSE;
		}
		// One run that cannot be handled must not keep all others from being written.
		catch (RuntimeException ex) {
			log.error("round failed: by={}", this.name, ex);
			return PAUSE;
		}
	}

	private void onFailure(Exception ex) {
		this.failures++;
		if (!this.away) {
			Throwable cause = (ex instanceof ExecutionException && ex.getCause() != null) ? ex.getCause() : ex;
			log.warn("runs are not shared, as Redis does not answer: by={} because={}", this.name,
					cause.getClass().getSimpleName());
		}
		this.away = true;
		if (this.failures % DEAD == 0) {
			this.link.drop();
		}
	}

	/**
	 * Ends the rounds, and does a last thing on their thread.
	 */
	void close(Body last) {
		this.closed = true;
		this.executor.execute(() -> {
			try {
				if (!this.away) {
					last.round(this.link.commands());
				}
			}
			catch (RuntimeException | ExecutionException | TimeoutException ex) {
				log.warn("runs could not be given up: because={}", ex.getClass().getSimpleName());
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		});
		this.executor.shutdown();
		try {
			if (!this.executor.awaitTermination(2 * this.timeout.toMillis(), TimeUnit.MILLISECONDS)) {
				this.executor.shutdownNow();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public void close() {
		this.closed = true;
		this.executor.shutdownNow();
	}

	/** What is done in a round. */
	@FunctionalInterface
	interface Body {

		/**
		 * Does it once.
		 * @return whether there is more to do at once
		 */
		boolean round(RedisAsyncCommands<String, String> commands)
				throws ExecutionException, TimeoutException, InterruptedException;

	}

}
