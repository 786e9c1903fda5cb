package dev.pergola.registry.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

import dev.pergola.manifests.catalog.Catalog;
import dev.pergola.manifests.catalog.CatalogChangeReading;
import dev.pergola.manifests.catalog.CatalogJson;
import dev.pergola.manifests.catalog.InvalidCatalogException;
import dev.pergola.registry.client.CatalogStatus.Origin;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.Context;
import reactor.util.retry.Retry;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.codec.ServerSentEvent;

/**
 * Watches the registry while the application runs: starts last, as in one process the
 * registry is behind the same web server, and stops first.
 */
final class CatalogWatch implements CatalogSource, SmartLifecycle, DisposableBean {

	private static final Logger logger = LoggerFactory.getLogger(CatalogWatch.class);

	/** Key of Reactor for errors nobody waits for any more. */
	private static final String ON_ERROR_DROPPED = "reactor.onErrorDropped.local";

	private final CatalogMemory memory;

	private final CatalogFile file;

	private final CatalogStream stream;

	private final RegistryClientProperties properties;

	/** Where a catalog is read and kept; never the thread of the network. */
	private final Scheduler scheduler = Schedulers.newBoundedElastic(1, 16, "registry-client", 60, true);

	private final CatalogKeeper keeper;

	private @Nullable Disposable running;

	private volatile boolean outOfStep;

	CatalogWatch(CatalogMemory memory, CatalogFile file, CatalogStream stream, RegistryClientProperties properties) {
		this.memory = memory;
		this.file = file;
		this.stream = stream;
		this.properties = properties;
		this.keeper = new CatalogKeeper(memory::current, file, this.scheduler, properties.keepEvery());
		restore();
	}

	@Override
	public Catalog current() {
		return this.memory.current();
	}

	@Override
	public Flux<Catalog> changes() {
		return this.memory.changes();
	}

	@Override
	public CatalogStatus status() {
		return this.memory.status();
	}

	@Override
	public synchronized void start() {
		if (!isRunning()) {
			this.running = Flux.defer(() -> this.stream.open(lastRevision()))
				.publishOn(this.scheduler, 1)
				.doOnNext(this::accept)
				.doOnError((ex) -> lost(String.valueOf(ex.getMessage())))
				.retryWhen(backoff())
				.contextWrite(Context.of(ON_ERROR_DROPPED, (Consumer<Throwable>) CatalogWatch::dropped))
				.subscribe();
		}
	}

	@Override
	public synchronized void stop() {
		if (this.running != null) {
			this.running.dispose();
			this.running = null;
		}
	}

	@Override
	public synchronized boolean isRunning() {
		return this.running != null;
	}

	@Override
	public int getPhase() {
		return Integer.MAX_VALUE;
	}

	@Override
	public void destroy() {
		stop();
		this.keeper.flush();
		this.memory.complete();
		this.scheduler.dispose();
	}

	private Retry backoff() {
		return Retry.backoff(Long.MAX_VALUE, this.properties.minBackoff())
			.maxBackoff(this.properties.maxBackoff())
			.jitter(0.5)
			.transientErrors(true)
			.doBeforeRetry((signal) -> logger.debug("connecting again, attempt {}", signal.totalRetriesInARow() + 1));
	}

	/**
	 * What comes from disk is not told to the registry: the first connection of a process
	 * always gets the whole, so that a wrong file cannot last. So does the one after a
	 * change that did not fit.
	 */
	private long lastRevision() {
		CatalogStatus status = this.memory.status();
		return (status.origin() == Origin.REGISTRY && !this.outOfStep) ? status.revision() : 0;
	}

	private void accept(ServerSentEvent<String> event) {
		if (!this.memory.status().connected()) {
			logger.info("watching the registry at {}", this.properties.url());
		}
		this.memory.heard();
		String json = event.data();
		if (json == null || event.event() == null) {
			return;
		}
		try {
			byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
			switch (event.event()) {
				case "catalog" -> whole(bytes);
				case "change" -> change(bytes);
				default -> logger.debug("passed over an event of type {}", event.event());
			}
		}
		catch (InvalidCatalogException ex) {
			this.outOfStep = true;
			throw new RegistryAwayException("the registry sent what is not a catalog", ex);
		}
	}

	private void whole(byte[] json) {
		boolean isNew = this.memory.putFromRegistry(CatalogJson.read(json));
		this.outOfStep = false;
		if (isNew) {
			logger.info("catalog revision {}", this.memory.current().revision());
			this.keeper.keep();
		}
	}

	private void change(byte[] json) {
		CatalogChangeReading reading = CatalogJson.readChange(json);
		if (reading.change().revision() <= lastRevision()) {
			return;
		}
		if (this.memory.change(reading).isEmpty()) {
			this.outOfStep = true;
			throw new RegistryAwayException("the registry sent a change of revision %d, and %d is known"
				.formatted(reading.change().from(), this.memory.current().revision()), null);
		}
		logger.info("catalog revision {}, {} modules changed", reading.change().revision(),
				reading.change().modules().size() + reading.change().removed().size());
		this.keeper.keep();
	}

	/** A connection that fails after the watch has stopped is no news. */
	private static void dropped(Throwable ex) {
		logger.debug("after the end of the watch: {}", ex.toString());
	}

	private void lost(String problem) {
		CatalogStatus before = this.memory.status();
		this.memory.lost(problem);
		if (before.connected() || !problem.equals(before.problem())) {
			logger.warn("{} at {}; going on with catalog revision {}", problem, this.properties.url(),
					before.revision());
		}
	}

	private void restore() {
		try {
			this.file.read().ifPresent((catalog) -> {
				logger.info("catalog revision {} from {}", catalog.revision(), this.file);
				this.memory.putFromDisk(catalog);
			});
		}
		catch (IOException ex) {
			logger.warn("no catalog from disk: {}", String.valueOf(ex.getMessage()));
			this.memory.lost(String.valueOf(ex.getMessage()));
		}
	}

}
