package dev.pergola.bff.routing;

import dev.pergola.bff.problem.Failure;
import dev.pergola.manifests.catalog.CatalogModule;

import org.springframework.cloud.gateway.route.Route;

/** What calls to one module meet. */
sealed interface RouteEntry {

	/** The module this was made of. */
	CatalogModule source();

	/** Calls go to the upstream. */
	record Open(CatalogModule source, Route route) implements RouteEntry {

	}

	/**
	 * Calls are answered here.
	 *
	 * @param detail one sentence for the caller
	 */
	record Closed(CatalogModule source, Failure failure, String detail) implements RouteEntry {

	}

}
