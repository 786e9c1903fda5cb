package dev.pergola.bff.routing;

import dev.pergola.bff.problem.Failure;
import dev.pergola.manifests.catalog.CatalogModule;

import org.springframework.cloud.gateway.route.Route;

/** What calls to one module meet. */
sealed interface RouteEntry {

	/** The module this was made of. */
	CatalogModule source();

	/**
	 * Calls go to the upstream.
	 *
	 * @param route for the gateway's filters
	 * @param direct the same for calls that need none of them
	 * @param isPlain whether there are such calls
	 */
	record Open(CatalogModule source, Route route, ModuleRoute direct, boolean isPlain) implements RouteEntry {

	}

	/**
	 * Calls are answered here.
	 *
	 * @param detail one sentence for the caller
	 */
	record Closed(CatalogModule source, Failure failure, String detail) implements RouteEntry {

	}

}
