package dev.pergola.manifests.catalog;

import java.util.List;

/**
 * What came of reading a catalog.
 *
 * @param catalog everything that could be read
 * @param refused modules that could not
 */
public record CatalogReading(Catalog catalog, List<RefusedModule> refused) {

	public CatalogReading {
		refused = List.copyOf(refused);
	}

}
