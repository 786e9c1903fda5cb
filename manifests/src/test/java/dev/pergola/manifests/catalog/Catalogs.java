package dev.pergola.manifests.catalog;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

	static CatalogModule module(String module, List<RolloutShare> rollout, RolloutOverride... overrides) {
		return module(module, rollout, Map.of(), overrides);
	}

	static CatalogModule module(String module, List<RolloutShare> rollout, Map<String, List<RolloutShare>> channels,
			RolloutOverride... overrides) {
		Map<String, Manifest> versions = new LinkedHashMap<>();
		Stream.concat(Stream.of(rollout), channels.values().stream())
			.flatMap(List::stream)
			.map(RolloutShare::version)
			.forEach((version) -> versions.put(version, manifest(module, version)));
		Stream.of(overrides)
			.map(RolloutOverride::version)
			.filter(Objects::nonNull)
			.forEach((version) -> versions.put(version, manifest(module, version)));
		return new CatalogModule(module, "team", true, null, URI.create("http://localhost:1"), rollout,
				List.of(overrides), channels, versions);
	}

}
