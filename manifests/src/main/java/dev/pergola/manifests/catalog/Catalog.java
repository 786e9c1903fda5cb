package dev.pergola.manifests.catalog;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is live at one revision, for everyone.
 *
 * @param revision number of the registry write that made it, growing by 1; 0 before any
 * @param at when that was
 * @param modules each module once
 * @param navigation administrators' overlay over what manifests propose
 */
public record Catalog(long revision, Instant at, List<CatalogModule> modules, Navigation navigation) {

	/** What is known before anything is. */
	public static final Catalog EMPTY = new Catalog(0, Instant.EPOCH, List.of(), Navigation.NONE);

	public Catalog {
		if (revision < 0) {
			throw new IllegalArgumentException("revision: %d (expected: 0 or more)".formatted(revision));
		}
		at = (at != null) ? at : Instant.EPOCH;
		modules = (modules != null) ? List.copyOf(modules) : List.of();
		navigation = (navigation != null) ? navigation : Navigation.NONE;
	}

	public Optional<CatalogModule> findModule(String module) {
		return this.modules.stream().filter((each) -> each.module().equals(module)).findFirst();
	}

}
