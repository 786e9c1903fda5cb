package dev.pergola.registry.navigation;

import java.util.Optional;

import dev.pergola.manifests.catalog.CatalogModule;
import dev.pergola.manifests.catalog.Resolution;
import dev.pergola.registry.request.Person;

/**
 * What somebody is given of a module.
 *
 * @param module the module, switched off also when only their version is
 * @param version the version and why, empty when nothing is rolled out to them
 */
record Given(CatalogModule module, Optional<Resolution> version) {

	static Given of(CatalogModule module, Person person) {
		Optional<Resolution> version = person.resolve(module);
		if (version.isPresent()) {
			return new Given(module, version);
		}
		Optional<Resolution> off = person.resolve(module.withAllVersions());
		return new Given(
				off.map((found) -> module.switchedOff(module.off().getOrDefault(found.version(), ""))).orElse(module),
				off);
	}

}
