package dev.pergola.registry.client;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * How fresh the catalog is.
 *
 * @param origin where the current catalog is from
 * @param connected whether the registry is heard at this moment
 * @param revision revision of the current catalog
 * @param heardAt when the registry was last heard, {@code null} for never
 * @param problem why the registry is not heard, or what of its catalog was refused; one
 * line, {@code null} when all is well
 */
public record CatalogStatus(Origin origin, boolean connected, long revision, @Nullable Instant heardAt,
		@Nullable String problem) {

	/** Where a catalog is from. */
	public enum Origin {

		/** Nothing is known yet. */
		NONE,

		/** The last good catalog, kept on disk. */
		DISK,

		/** The registry. */
		REGISTRY

	}

}
