package dev.pergola.registry.health;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;

/**
 * Counts of this node: the running minutes are in memory and written behind. A write that
 * failed is made up for by the next.
 */
public final class HealthCounters implements SmartLifecycle {

	private static final Logger LOGGER = LoggerFactory.getLogger(HealthCounters.class);

	private static final int MOST = 20_000;

	private static final Duration TIDYING = Duration.ofHours(1);

	private final HealthStore store;

	private final HealthProperties properties;

	private final Clock clock;

	private final String node = UUID.randomUUID().toString();

	private final Map<Key, Counts> minutes = new HashMap<>();

	private final Set<Key> unwritten = new LinkedHashSet<>();

	private final Map<ErrorKey, Tally> errors = new HashMap<>();

	private final Object writing = new Object();

	private Instant tidied = Instant.EPOCH;

	private volatile @Nullable ScheduledExecutorService executor;

	public HealthCounters(HealthStore store, HealthProperties properties, Clock clock) {
		this.store = store;
		this.properties = properties;
		this.clock = clock;
	}

	/** Adds to the running minute of a version. */
	void add(String module, String version, Counts counts) {
		Key key = new Key(module, version, now());
		synchronized (this.minutes) {
			if (this.minutes.size() < MOST || this.minutes.containsKey(key)) {
				this.minutes.merge(key, counts, Counts::plus);
				this.unwritten.add(key);
			}
		}
	}

	void add(ErrorSeen error) {
		ErrorKey key = new ErrorKey(error.module(), error.version(), error.fingerprint(), error.browser());
		synchronized (this.minutes) {
			if (this.errors.size() < MOST || this.errors.containsKey(key)) {
				long byPeople = error.byPerson() ? 1 : 0;
				this.errors.merge(key, new Tally(error, this.clock.instant(), 1 - byPeople, byPeople), Tally::plus);
			}
		}
	}

	/**
	 * Writes what is not written yet, so that all nodes see it. Does not throw: what
	 * cannot be written stays for the next time.
	 */
	public void flush() {
		synchronized (this.writing) {
			try {
				writeMinutes();
				writeErrors();
				tidy();
			}
			catch (DataAccessException ex) {
				LOGGER.warn("health cannot be written, it is kept in memory, cause={}", ex.toString());
			}
		}
	}

	private void writeMinutes() {
		Map<Key, Counts> due = new HashMap<>();
		synchronized (this.minutes) {
			this.unwritten.forEach((key) -> due.put(key, this.minutes.getOrDefault(key, Counts.NONE)));
		}
		due.forEach((key, counts) -> {
			this.store.put(key.module(), key.version(), key.minute(), this.node, counts);
			synchronized (this.minutes) {
				if (counts.equals(this.minutes.get(key))) {
					this.unwritten.remove(key);
				}
			}
		});
		Instant running = now();
		synchronized (this.minutes) {
			this.minutes.keySet().removeIf((key) -> key.minute().isBefore(running) && !this.unwritten.contains(key));
		}
	}

	private void writeErrors() {
		Map<ErrorKey, Tally> due;
		synchronized (this.minutes) {
			due = Map.copyOf(this.errors);
		}
		due.forEach((key, tally) -> {
			this.store.add(tally.error(), tally.at(), tally.seen(), tally.byPeople());
			synchronized (this.minutes) {
				this.errors.computeIfPresent(key, (same, grown) -> grown.minus(tally));
			}
			this.store.prune(key.module(), key.version(), this.properties.keptErrors());
		});
	}

	private void tidy() {
		Instant now = this.clock.instant();
		if (now.isAfter(this.tidied.plus(TIDYING))) {
			this.store.forget(now.minus(this.properties.retention()));
			this.tidied = now;
		}
	}

	private Instant now() {
		return this.clock.instant().truncatedTo(ChronoUnit.MINUTES);
	}

	@Override
	public void start() {
		long millis = this.properties.flush().toMillis();
		ScheduledExecutorService started = Executors
			.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("registry-health").factory());
		started.scheduleWithFixedDelay(this::flush, millis, millis, TimeUnit.MILLISECONDS);
		this.executor = started;
	}

	@Override
	public void stop() {
		ScheduledExecutorService started = this.executor;
		if (started != null) {
			started.shutdown();
			this.executor = null;
			flush();
		}
	}

	@Override
	public boolean isRunning() {
		return this.executor != null;
	}

	private record Key(String module, String version, Instant minute) {

	}

	private record ErrorKey(String module, String version, String fingerprint, String browser) {

	}

	private record Tally(ErrorSeen error, Instant at, long seen, long byPeople) {

		Tally plus(Tally later) {
			return new Tally(later.error, later.at, this.seen + later.seen, this.byPeople + later.byPeople);
		}

		@Nullable Tally minus(Tally written) {
			return equals(written) ? null
					: new Tally(this.error, this.at, this.seen - written.seen, this.byPeople - written.byPeople);
		}

	}

}
