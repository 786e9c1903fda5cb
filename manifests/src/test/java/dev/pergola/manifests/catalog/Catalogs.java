package dev.pergola.manifests.catalog;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.pergola.manifests.Entry;
import dev.pergola.manifests.EntryFormat;
import dev.pergola.manifests.Events;
import dev.pergola.manifests.Manifest;
import dev.pergola.manifests.Team;

/** Catalogs for tests. */
final class Catalogs {

	private Catalogs() {
	}

	static Manifest manifest(String module, String version) {
		return new Manifest(1, module, version, new Team("team", null), "*",
				new Entry(EntryFormat.ESM, "a.js", List.of()), Map.of(), Map.of(), List.of(), List.of(), List.of(),
				List.of(), null, List.of(), List.of(), Events.NONE);
	}

	static CatalogModule module(String module, List<RolloutShare> rollout, GroupOverride... overrides) {
		Map<String, Manifest> versions = new LinkedHashMap<>();
		Stream.concat(rollout.stream().map(RolloutShare::version), Stream.of(overrides).map(GroupOverride::version))
			.forEach((version) -> versions.put(version, manifest(module, version)));
		return new CatalogModule(module, "team", true, null, URI.create("http://localhost:1"), rollout,
				List.of(overrides), versions);
	}

}
