package dev.pergola.registry.client;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import dev.pergola.manifests.catalog.Catalog;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;

/**
 * Keeps the catalog on disk, not more often than need be: changes may come in quick
 * succession, and the file is always the whole.
 */
final class CatalogKeeper {

	private static final Logger logger = LoggerFactory.getLogger(CatalogKeeper.class);

	private final Supplier<Catalog> catalog;

	private final CatalogFile file;

	private final Scheduler scheduler;

	private final Duration every;

	private long lastMillis;

	private @Nullable Disposable pending;

	CatalogKeeper(Supplier<Catalog> catalog, CatalogFile file, Scheduler scheduler, Duration every) {
		this.catalog = catalog;
		this.file = file;
		this.scheduler = scheduler;
		this.every = every;
	}

	/** Keeps the current catalog, now or soon. */
	synchronized void keep() {
		if (this.pending == null) {
			long delay = this.lastMillis + this.every.toMillis() - this.scheduler.now(TimeUnit.MILLISECONDS);
			this.pending = this.scheduler.schedule(this::flush, Math.max(0, delay), TimeUnit.MILLISECONDS);
		}
	}

	/** Writes what is still to be written. */
	synchronized void flush() {
		Disposable due = this.pending;
		this.pending = null;
		if (due != null) {
			due.dispose();
			this.lastMillis = this.scheduler.now(TimeUnit.MILLISECONDS);
			write();
		}
	}

	private void write() {
		try {
			this.file.write(this.catalog.get());
		}
		catch (IOException ex) {
			logger.warn("the catalog cannot be kept in {}: {}", this.file, ex.toString());
		}
	}

}
