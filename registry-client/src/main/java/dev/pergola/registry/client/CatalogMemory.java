package dev.pergola.registry.client;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

import dev.pergola.manifests.catalog.Catalog;
import dev.pergola.manifests.catalog.CatalogChange;
import dev.pergola.manifests.catalog.CatalogChangeReading;
import dev.pergola.manifests.catalog.CatalogModule;
import dev.pergola.manifests.catalog.CatalogReading;
import dev.pergola.manifests.catalog.RefusedModule;
import dev.pergola.registry.client.CatalogStatus.Origin;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/** The current catalog, who waits for the next one, and how fresh it is. */
final class CatalogMemory {

	private static final Logger logger = LoggerFactory.getLogger(CatalogMemory.class);

	private final Sinks.Many<Catalog> changes = Sinks.many().replay().latestOrDefault(Catalog.EMPTY);

	private final Clock clock;

	/** What the registry offers and cannot be read, by module. */
	private final Map<String, RefusedModule> refused = new TreeMap<>();

	private volatile Catalog current = Catalog.EMPTY;

	private volatile CatalogStatus status = new CatalogStatus(Origin.NONE, false, 0, null, null);

	CatalogMemory(Clock clock) {
		this.clock = clock;
	}

	Catalog current() {
		return this.current;
	}

	CatalogStatus status() {
		return this.status;
	}

	Flux<Catalog> changes() {
		return this.changes.asFlux().onBackpressureLatest();
	}

	synchronized void putFromDisk(Catalog catalog) {
		this.status = new CatalogStatus(Origin.DISK, false, catalog.revision(), null, this.status.problem());
		publish(catalog);
	}

	/**
	 * Takes what the registry says now.
	 * @return whether it is newer than what was known
	 */
	synchronized boolean putFromRegistry(CatalogReading reading) {
		Catalog known = this.current;
		Catalog heard = keepRefused(reading, known);
		if (heard.revision() < known.revision()) {
			refuseOlder(heard, known);
			return false;
		}
		this.refused.clear();
		reading.refused().forEach((module) -> this.refused.put(module.module(), module));
		this.status = new CatalogStatus(Origin.REGISTRY, true, heard.revision(), this.clock.instant(), problem());
		boolean isNew = !heard.equals(known);
		if (isNew) {
			publish(heard);
		}
		return isNew;
	}

	/**
	 * Takes what the registry says is different now. A module of it that cannot be read
	 * stays as it was.
	 * @return empty when it is a change of another catalog than the one known
	 */
	synchronized Optional<Catalog> change(CatalogChangeReading reading) {
		CatalogChange change = reading.change();
		Optional<Catalog> changed = (this.status.origin() == Origin.REGISTRY) ? change.applyTo(this.current)
				: Optional.empty();
		changed.ifPresent((catalog) -> {
			change.modules().forEach((module) -> this.refused.remove(module.module()));
			change.removed().forEach(this.refused::remove);
			for (RefusedModule module : reading.refused()) {
				log(module, change.revision());
				this.refused.put(module.module(), module);
			}
			this.status = new CatalogStatus(Origin.REGISTRY, true, catalog.revision(), this.clock.instant(), problem());
			publish(catalog);
		});
		return changed;
	}

	synchronized void heard() {
		CatalogStatus now = this.status;
		this.status = new CatalogStatus(now.origin(), true, now.revision(), this.clock.instant(),
				now.connected() ? now.problem() : null);
	}

	synchronized void lost(String problem) {
		CatalogStatus now = this.status;
		this.status = new CatalogStatus(now.origin(), false, now.revision(), now.heardAt(), problem);
	}

	void complete() {
		this.changes.tryEmitComplete();
	}

	private void publish(Catalog catalog) {
		this.current = catalog;
		this.changes.tryEmitNext(catalog);
	}

	/** A replay must not bring back a version somebody rolled back or switched off. */
	private void refuseOlder(Catalog heard, Catalog known) {
		String problem = "the registry offers revision %d, older than %d, which is known: refused"
			.formatted(heard.revision(), known.revision());
		CatalogStatus now = this.status;
		if (!problem.equals(now.problem())) {
			logger.warn("{} (if the registry was set up anew, delete the kept catalog and restart)", problem);
		}
		this.status = new CatalogStatus(now.origin(), true, now.revision(), this.clock.instant(), problem);
	}

	/** A module that cannot be read stays as it was: it must not vanish. */
	private static Catalog keepRefused(CatalogReading reading, Catalog known) {
		if (reading.refused().isEmpty()) {
			return reading.catalog();
		}
		Catalog read = reading.catalog();
		List<CatalogModule> modules = new ArrayList<>(read.modules());
		for (RefusedModule refused : reading.refused()) {
			log(refused, read.revision());
			if (read.findModule(refused.module()).isEmpty()) {
				known.findModule(refused.module()).ifPresent(modules::add);
			}
		}
		return new Catalog(read.revision(), read.at(), modules, read.navigation());
	}

	private static void log(RefusedModule refused, long revision) {
		logger.warn("module {} of revision {} cannot be read: {}", refused.module(), revision, refused.reason());
	}

	private @Nullable String problem() {
		return this.refused.isEmpty() ? null
				: this.refused.values()
					.stream()
					.map((module) -> "module %s cannot be read: %s".formatted(module.module(), module.reason()))
					.collect(Collectors.joining("; "));
	}

}
