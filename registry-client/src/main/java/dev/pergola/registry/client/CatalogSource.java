package dev.pergola.registry.client;

import dev.pergola.manifests.catalog.Catalog;
import reactor.core.publisher.Flux;

/** The catalog as far as this process knows it; never blocks. */
public interface CatalogSource {

	/**
	 * What is known now.
	 * @return {@link Catalog#EMPTY}, of revision 0, before anything is known
	 */
	Catalog current();

	/**
	 * The current catalog first, then each newer one. A subscriber that is slow sees the
	 * newest only.
	 * @return never fails; completes when the process stops
	 */
	Flux<Catalog> changes();

	/**
	 * Where the current catalog is from, and whether the registry is heard.
	 * @return the state at this moment
	 */
	CatalogStatus status();

}
