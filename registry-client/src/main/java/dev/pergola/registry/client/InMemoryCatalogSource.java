package dev.pergola.registry.client;

import java.time.Clock;
import java.util.List;

import dev.pergola.manifests.catalog.Catalog;
import dev.pergola.manifests.catalog.CatalogReading;
import reactor.core.publisher.Flux;

/** A catalog that is told what it is; for tests of those who read one. */
public final class InMemoryCatalogSource implements CatalogSource {

	private final CatalogMemory memory = new CatalogMemory(Clock.systemUTC());

	/**
	 * Makes a catalog the current one, as if the registry had said so.
	 * @param catalog of the current revision or a newer one; an older one is refused
	 */
	public void put(Catalog catalog) {
		this.memory.putFromRegistry(new CatalogReading(catalog, List.of()));
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

}
