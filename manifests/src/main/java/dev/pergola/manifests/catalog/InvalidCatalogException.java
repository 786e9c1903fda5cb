package dev.pergola.manifests.catalog;

import org.jspecify.annotations.Nullable;

/** Bytes that are not a catalog, such as a file cut short. */
public class InvalidCatalogException extends RuntimeException {

	InvalidCatalogException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
