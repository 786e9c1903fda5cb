package dev.pergola.registry.bundle;

import java.nio.file.Path;

import org.springframework.core.io.Resource;

/**
 * Keeps content by its hash. Content never changes and is never seen before all of it is
 * there; storing it again does nothing. That a version has a file is not known here but
 * in the registry's tables, so content that no version names is invisible.
 */
public interface BundleStore {

	/**
	 * Stores a file's content; durable when the call returns.
	 * @param hash hash of the content, computed by the caller
	 * @param file readable file, left as it is
	 */
	void put(ContentHash hash, Path file);

	/**
	 * Stored content.
	 * @param hash hash of stored content
	 * @return readable resource; {@link ContentMissingException} when it was never stored
	 */
	Resource get(ContentHash hash);

}
