package dev.pergola.registry.content;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import dev.pergola.registry.bundle.BundleStore;
import dev.pergola.registry.bundle.ContentHash;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;

/**
 * Removes content that no version names and no upload uses: what a process that died
 * while it published left behind. Nodes may sweep at the same time.
 */
public final class ContentSweep implements SmartLifecycle {

	private static final Logger LOGGER = LoggerFactory.getLogger(ContentSweep.class);

	/** A removal that was held up for longer no longer knows what uploads saw of it. */
	private static final Duration FRESH = ContentUses.DEAD_REMOVAL.dividedBy(5);

	private final BundleStore bundles;

	private final ContentUses uses;

	private final ContentProperties properties;

	private final MeterRegistry meters;

	private volatile @Nullable ScheduledExecutorService executor;

	public ContentSweep(BundleStore bundles, ContentUses uses, ContentProperties properties, MeterRegistry meters) {
		this.bundles = bundles;
		this.uses = uses;
		this.properties = properties;
		this.meters = meters;
	}

	/**
	 * Looks at all content once.
	 * @return number of files removed
	 */
	public int sweep() {
		Instant limit = Instant.now().minus(this.properties.grace());
		this.uses.forget(limit);
		AtomicInteger removed = new AtomicInteger();
		this.bundles.forEach(limit, (hash) -> removed.addAndGet(remove(hash) ? 1 : 0));
		this.meters.counter("pergola.registry.content.removed").increment(removed.get());
		if (removed.get() > 0) {
			LOGGER.info("content without a version removed, files={}", removed);
		}
		return removed.get();
	}

	private boolean remove(ContentHash hash) {
		if (this.uses.isNamedOrUsed(hash)) {
			return false;
		}
		return this.uses.startRemoval(hash).map((started) -> remove(hash, started)).orElse(false);
	}

	private boolean remove(ContentHash hash, Instant started) {
		try {
			boolean free = !this.uses.isNamedOrUsed(hash);
			if (free && Duration.between(started, Instant.now()).compareTo(FRESH) < 0) {
				this.bundles.remove(hash);
				return true;
			}
			return false;
		}
		finally {
			this.uses.endRemoval(hash, started);
		}
	}

	@Override
	public void start() {
		ScheduledExecutorService started = Executors
			.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("registry-sweep").factory());
		long millis = this.properties.interval().toMillis();
		started.scheduleWithFixedDelay(this::sweepQuietly, millis, millis, TimeUnit.MILLISECONDS);
		this.executor = started;
	}

	@Override
	public void stop() {
		ScheduledExecutorService running = this.executor;
		if (running != null) {
			running.shutdownNow();
			this.executor = null;
		}
	}

	@Override
	public boolean isRunning() {
		return this.executor != null;
	}

	private void sweepQuietly() {
		try {
			sweep();
		}
		catch (RuntimeException ex) {
			LOGGER.warn("content cannot be swept, the next time comes", ex);
		}
	}

}
