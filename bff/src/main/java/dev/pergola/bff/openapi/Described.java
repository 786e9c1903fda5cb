package dev.pergola.bff.openapi;

import java.net.URI;
import java.util.Optional;

import dev.pergola.bff.caller.Caller;
import dev.pergola.manifests.Manifest;
import dev.pergola.manifests.Upstream;
import dev.pergola.manifests.catalog.CatalogModule;
import dev.pergola.manifests.catalog.Resolver;

/**
 * A service that is described.
 *
 * @param upstream address the manifest has for it
 * @param file path of the document inside the bundle
 */
record Described(Manifest manifest, URI upstream, String file) {

	/** The service of the version somebody gets; none of a module that is off. */
	static Optional<Described> find(CatalogModule module, Caller caller) {
		return module.enabled()
				? Resolver.version(module, caller.audience()).flatMap((manifest) -> find(module, manifest))
				: Optional.empty();
	}

	static Optional<Described> find(CatalogModule module, Manifest manifest) {
		Upstream upstream = manifest.upstream();
		return (upstream == null || upstream.openapi() == null || module.upstreamUrl() == null) ? Optional.empty()
				: Optional.of(new Described(manifest, upstream.url(), upstream.openapi()));
	}

}
