package dev.pergola.registry.client;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.pergola.manifests.Entry;
import dev.pergola.manifests.EntryFormat;
import dev.pergola.manifests.Events;
import dev.pergola.manifests.Manifest;
import dev.pergola.manifests.Team;
import dev.pergola.manifests.catalog.Catalog;
import dev.pergola.manifests.catalog.CatalogModule;
import dev.pergola.manifests.catalog.Navigation;
import dev.pergola.manifests.catalog.RolloutShare;

/** Catalogs for tests. */
final class Catalogs {

	private Catalogs() {
	}

	static Catalog catalog(long revision, String... modules) {
		return new Catalog(revision, Instant.EPOCH.plusSeconds(revision),
				Stream.of(modules).map(Catalogs::module).toList(), Navigation.NONE);
	}

	private static CatalogModule module(String module) {
		Manifest manifest = new Manifest(1, module, "1.0.0", new Team("team", null), "*",
				new Entry(EntryFormat.ESM, "a.js", List.of()), Map.of(), Map.of(), List.of(), List.of(), List.of(),
				List.of(), null, List.of(), List.of(), Events.NONE);
		return new CatalogModule(module, "team", true, null, null, List.of(RolloutShare.of("1.0.0", 100)), List.of(),
				Map.of(), Map.of("1.0.0", manifest));
	}

}
