package dev.pergola.registry.catalog;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import dev.pergola.manifests.catalog.Catalog;
import dev.pergola.registry.journal.Journal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

import org.springframework.context.SmartLifecycle;

/**
 * Holds the current catalog and tells watchers of each new one. It looks at the revision
 * after every write of this node, and regularly for those of others.
 */
public final class CatalogFeed implements SmartLifecycle {

	private static final Logger LOGGER = LoggerFactory.getLogger(CatalogFeed.class);

	private final Journal journal;

	private final CatalogAssembler assembler;

	private final Duration poll;

	private final ReentrantLock refreshing = new ReentrantLock();

	private final Sinks.Many<Snapshot> snapshots = Sinks.many().replay().latest();

	/** A new one for each start: a stopped context may be started again. */
	private volatile Sinks.Empty<Void> closing = Sinks.empty();

	private volatile @Nullable Snapshot current;

	private volatile @Nullable ScheduledExecutorService poller;

	private boolean failing;

	public CatalogFeed(Journal journal, CatalogAssembler assembler, Duration poll) {
		this.journal = journal;
		this.assembler = assembler;
		this.poll = poll;
		journal.afterWrite(this::wake);
	}

	/**
	 * The catalog as of the last write on any node.
	 */
	public Catalog catalog() {
		return snapshot().catalog();
	}

	/**
	 * The current catalog as soon as it is not the one the watcher has, then each newer
	 * one; a slow watcher misses some, never the last. Completes when the process stops.
	 * @param seen revision the watcher has, -1 for none
	 */
	Flux<Snapshot> after(long seen) {
		return this.snapshots.asFlux()
			.onBackpressureLatest()
			.filter((snapshot) -> snapshot.revision() != seen)
			.takeUntilOther(this.closing.asMono());
	}

	Flux<Void> closing() {
		return this.closing.asMono().flux();
	}

	Snapshot snapshot() {
		Snapshot known = this.current;
		if (known != null && known.revision() == this.journal.revision().number()) {
			return known;
		}
		return refresh();
	}

	/**
	 * Watchers of this node.
	 * @return number of open streams
	 */
	public int watchers() {
		return this.snapshots.currentSubscriberCount();
	}

	@Override
	public void start() {
		this.closing = Sinks.empty();
		snapshot();
		ScheduledExecutorService executor = Executors
			.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("registry-poll").factory());
		executor.scheduleWithFixedDelay(this::wake, this.poll.toMillis(), this.poll.toMillis(), TimeUnit.MILLISECONDS);
		this.poller = executor;
	}

	/** Streams end before the web server waits for them. */
	@Override
	public void stop() {
		ScheduledExecutorService executor = this.poller;
		if (executor != null) {
			executor.shutdownNow();
			this.poller = null;
		}
		this.closing.tryEmitEmpty();
	}

	@Override
	public boolean isRunning() {
		return this.poller != null;
	}

	/** A write is committed whatever becomes of the watchers, so this never throws. */
	private void wake() {
		try {
			snapshot();
			this.failing = false;
		}
		catch (RuntimeException ex) {
			if (!this.failing) {
				LOGGER.warn("catalog cannot be read, watchers keep the last one", ex);
			}
			this.failing = true;
		}
	}

	private Snapshot refresh() {
		this.refreshing.lock();
		try {
			Snapshot known = this.current;
			if (known != null && known.revision() == this.journal.revision().number()) {
				return known;
			}
			Snapshot fresh = Snapshot.of(this.assembler.assemble());
			this.current = fresh;
			this.snapshots.tryEmitNext(fresh).orThrow();
			return fresh;
		}
		finally {
			this.refreshing.unlock();
		}
	}

}
