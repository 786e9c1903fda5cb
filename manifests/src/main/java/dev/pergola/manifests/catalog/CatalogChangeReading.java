package dev.pergola.manifests.catalog;

import java.util.List;

/**
 * What came of reading a change.
 *
 * @param change everything that could be read
 * @param refused modules that could not; they stay as they were
 */
public record CatalogChangeReading(CatalogChange change, List<RefusedModule> refused) {

	public CatalogChangeReading {
		refused = List.copyOf(refused);
	}

}
