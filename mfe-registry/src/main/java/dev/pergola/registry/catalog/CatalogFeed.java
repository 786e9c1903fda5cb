package dev.pergola.registry.catalog;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

import dev.pergola.manifests.catalog.Catalog;
import dev.pergola.registry.database.Announcements;
import dev.pergola.registry.database.RegistryDatabase;
import dev.pergola.registry.journal.Journal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;

/**
 * Holds the current catalog and tells watchers of each new one. It looks at the revision
 * after every write of this node, when the database announces one of another, and
 * regularly for what was not announced.
 */
public final class CatalogFeed implements SmartLifecycle {

	private static final Logger LOGGER = LoggerFactory.getLogger(CatalogFeed.class);

	private final RegistryDatabase database;

	private final Journal journal;

	private final CatalogAssembler assembler;

	private final CatalogProperties properties;

	private final ReentrantLock refreshing = new ReentrantLock();

	private final ChangeLog log;

	private final Set<Watcher> watchers = ConcurrentHashMap.newKeySet();

	private final AtomicBoolean due = new AtomicBoolean();

	private volatile @Nullable Snapshot current;

	private volatile @Nullable ScheduledExecutorService executor;

	private volatile Optional<Announcements> announcements = Optional.empty();

	private volatile boolean failing;

	private volatile long lookedAt;

	public CatalogFeed(RegistryDatabase database, Journal journal, CatalogAssembler assembler,
			CatalogProperties properties) {
		this.database = database;
		this.journal = journal;
		this.assembler = assembler;
		this.properties = properties;
		this.log = new ChangeLog(properties.history(), properties.historySize());
		this.lookedAt = System.nanoTime() - properties.pace().toNanos();
		journal.afterWrite(this::soon);
	}

	/**
	 * The catalog as of the last write on any node.
	 */
	public Catalog catalog() {
		return snapshot().catalog();
	}

	/**
	 * Watchers of this node.
	 * @return number of open streams
	 */
	public int watchers() {
		return this.watchers.size();
	}

	Snapshot snapshot() {
		Snapshot known = this.current;
		if (known != null && known.revision() == this.journal.revision().number()) {
			return known;
		}
		return refresh();
	}

	/** Whether this node knows a revision without looking. */
	boolean knows(long revision) {
		Snapshot known = this.current;
		return known != null && revision <= known.revision();
	}

	/**
	 * Lets somebody watch; {@link TooManyWatchersException} when there are too many.
	 * @param changes whether they understand changes
	 * @param seen revision they have, -1 for none
	 */
	Watcher open(boolean changes, long seen) {
		Watcher watcher = new Watcher(this, changes, seen);
		this.watchers.add(watcher);
		if (this.watchers.size() > this.properties.maxWatchers()) {
			this.watchers.remove(watcher);
			throw new TooManyWatchersException(this.properties.maxWatchers());
		}
		if (!isRunning()) {
			watcher.end();
		}
		return watcher;
	}

	void close(Watcher watcher) {
		this.watchers.remove(watcher);
	}

	/**
	 * What a watcher is to be told next.
	 * @param seen revision it has, -1 for none
	 * @return {@code null} when it has the newest; a change where it can be one, else the
	 * whole
	 */
	@Nullable Frame after(long seen, boolean changes) {
		Snapshot now = this.current;
		if (now == null || seen >= now.revision()) {
			return null;
		}
		Optional<Frame> change = changes ? this.log.after(seen) : Optional.empty();
		return change.orElseGet(() -> Frame.catalog(now));
	}

	@Override
	public void start() {
		ScheduledExecutorService started = Executors.newScheduledThreadPool(2,
				Thread.ofVirtual().name("registry-watch-", 0).factory());
		long poll = this.properties.poll().toMillis();
		started.scheduleWithFixedDelay(this::look, poll, poll, TimeUnit.MILLISECONDS);
		long heartbeat = this.properties.heartbeat().toMillis();
		started.scheduleAtFixedRate(() -> this.watchers.forEach(Watcher::beat), heartbeat, heartbeat,
				TimeUnit.MILLISECONDS);
		this.executor = started;
		snapshot();
		this.announcements = this.properties.listen() ? this.database.listen(this::soon) : Optional.empty();
	}

	/** Streams end before the web server waits for them. */
	@Override
	public void stop() {
		ScheduledExecutorService running = this.executor;
		this.executor = null;
		this.announcements.ifPresent(Announcements::close);
		if (running != null) {
			// Not at once: an interrupted read would close H2's file.
			running.shutdown();
		}
		this.watchers.forEach(Watcher::end);
	}

	@Override
	public boolean isRunning() {
		return this.executor != null;
	}

	/**
	 * Looks on a thread of the feed: at once, or a little later when the last look was
	 * just now. Many writes at once are one look, so that nodes do not read the catalog
	 * instead of writing it.
	 */
	private void soon() {
		ScheduledExecutorService running = this.executor;
		if (running != null && this.due.compareAndSet(false, true)) {
			long wait = this.lookedAt + this.properties.pace().toNanos() - System.nanoTime();
			try {
				running.schedule(() -> {
					this.lookedAt = System.nanoTime();
					this.due.set(false);
					look();
				}, Math.max(0, wait), TimeUnit.NANOSECONDS);
			}
			catch (RejectedExecutionException ex) {
				this.due.set(false);
				LOGGER.debug("stopped meanwhile");
			}
		}
	}

	/** A write is committed whatever becomes of the watchers, so this never throws. */
	private void look() {
		try {
			snapshot();
			this.failing = false;
		}
		catch (RuntimeException ex) {
			if (!this.failing && isRunning()) {
				LOGGER.warn("catalog cannot be read, watchers keep the last one", ex);
			}
			this.failing = true;
		}
	}

	private Snapshot refresh() {
		this.refreshing.lock();
		try {
			Snapshot known = this.current;
			long revision = this.journal.revision().number();
			if (known != null && known.revision() == revision) {
				return known;
			}
			Snapshot fresh;
			if (known != null && known.revision() < revision) {
				fresh = this.assembler.advance(known);
				this.log.add(fresh.since(known));
			}
			else {
				fresh = Snapshot.of(this.assembler.assemble());
				this.log.clear();
			}
			this.current = fresh;
			tell();
			return fresh;
		}
		finally {
			this.refreshing.unlock();
		}
	}

	/** Not on the thread of who happened to look. */
	private void tell() {
		ScheduledExecutorService running = this.executor;
		if (running != null && !running.isShutdown()) {
			running.execute(() -> this.watchers.forEach(Watcher::wake));
		}
	}

}
