package dev.pergola.bff.redis;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.lettuce.core.RedisException;
import io.lettuce.core.api.async.RedisAsyncCommands;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that does the same again and again with a connection of its own, and waits for
 * Redis so that nobody else has to.
 */
public final class Rounds implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(Rounds.class);

	private static final Duration PAUSE = Duration.ofMillis(500);

	/** Failures in a row after which a connection is taken to be dead. */
	private static final int DEAD = 4;

	private final String name;

	private final String subject;

	private final RedisLink link;

	private final Duration period;

	private final Duration timeout;

	private final Body body;

	private final ScheduledExecutorService executor;

	private int failures;

	private volatile boolean away = true;

	private volatile boolean closed;

	private volatile long goodSince = System.nanoTime();

	/**
	 * Rounds that do not begin yet.
	 * @param name of the thread
	 * @param subject what Redis is for, as the log names it
	 * @param period time from the end of one to the next
	 * @param timeout time Redis has to answer
	 */
	public Rounds(String name, String subject, Duration period, Duration timeout, RedisLink link, Body body) {
		this.name = name;
		this.subject = subject;
		this.link = link;
		this.period = period;
		this.timeout = timeout;
		this.body = body;
		this.executor = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name(name).factory());
	}

	/** Begins; the first answer of Redis may take as long as it likes. */
	public void start() {
		this.executor.schedule(this::run, 0, TimeUnit.MILLISECONDS);
	}

	/** Whether Redis does not answer at present. */
	public boolean isAway() {
		return this.away;
	}

	/** How long Redis has answered without a break. */
	public Duration goodFor() {
		return this.away ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - this.goodSince);
	}

	/** The answer, within its time. */
	public <T> T await(CompletableFuture<T> answer) throws ExecutionException, TimeoutException, InterruptedException {
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
				log.info("{} are shared: by={}", this.subject, this.name);
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
		if (this.failures == 1) {
			Throwable cause = (ex instanceof ExecutionException && ex.getCause() != null) ? ex.getCause() : ex;
			log.warn("{} are not shared, as Redis does not answer: by={} because={}", this.subject, this.name,
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
	public void close(Body last) {
		if (this.closed) {
			return;
		}
		this.closed = true;
		this.executor.execute(() -> {
			try {
				if (!this.away) {
					last.round(this.link.commands());
				}
			}
			catch (RuntimeException | ExecutionException | TimeoutException ex) {
				log.warn("{} could not be given up: because={}", this.subject, ex.getClass().getSimpleName());
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
	public interface Body {

		/**
		 * Does it once.
		 * @return whether there is more to do at once
		 */
		boolean round(RedisAsyncCommands<String, String> commands)
				throws ExecutionException, TimeoutException, InterruptedException;

	}

}
