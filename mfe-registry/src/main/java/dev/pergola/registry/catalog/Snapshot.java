package dev.pergola.registry.catalog;

import java.nio.charset.StandardCharsets;

import dev.pergola.manifests.catalog.Catalog;
import dev.pergola.manifests.catalog.CatalogJson;

/**
 * A catalog and its JSON, written once for all who read it.
 *
 * @param json one line
 */
record Snapshot(Catalog catalog, String json) {

	static Snapshot of(Catalog catalog) {
		return new Snapshot(catalog, new String(CatalogJson.write(catalog), StandardCharsets.UTF_8));
	}

	long revision() {
		return this.catalog.revision();
	}

}
