package dev.pergola.bff.routing;

import dev.pergola.manifests.catalog.Catalog;

/** Hears of each catalog once the routes are those of it. */
public interface CatalogListener {

	/** Called in turn, oldest first, off the event loops. */
	void onCatalog(Catalog catalog);

}
