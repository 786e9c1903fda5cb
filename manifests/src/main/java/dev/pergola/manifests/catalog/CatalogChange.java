package dev.pergola.manifests.catalog;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * What is different between two revisions of the catalog.
 *
 * @param from revision it is to be applied to
 * @param revision revision it leads to, above {@code from}
 * @param at when that was
 * @param modules modules that are new or changed, whole
 * @param removed names of modules that are no longer in the catalog
 * @param navigation the overlay when it changed, else {@code null}
 */
public record CatalogChange(long from, long revision, Instant at, List<CatalogModule> modules, List<String> removed,
		@Nullable Navigation navigation) {

	public CatalogChange {
		if (from < 0 || revision <= from) {
			throw new IllegalArgumentException(
					"change: from %d to %d (expected: 0 or more, growing)".formatted(from, revision));
		}
		at = (at != null) ? at : Instant.EPOCH;
		modules = (modules != null) ? List.copyOf(modules) : List.of();
		removed = (removed != null) ? List.copyOf(removed) : List.of();
	}

	/**
	 * The catalog that comes of it.
	 * @param catalog catalog of revision {@code from}
	 * @return modules in the order of their names; empty when the catalog is of another
	 * revision
	 */
	public Optional<Catalog> applyTo(Catalog catalog) {
		if (catalog.revision() != this.from) {
			return Optional.empty();
		}
		Map<String, CatalogModule> result = new TreeMap<>();
		catalog.modules().forEach((module) -> result.put(module.module(), module));
		this.removed.forEach(result::remove);
		this.modules.forEach((module) -> result.put(module.module(), module));
		return Optional.of(new Catalog(this.revision, this.at, List.copyOf(result.values()),
				(this.navigation != null) ? this.navigation : catalog.navigation()));
	}

}
