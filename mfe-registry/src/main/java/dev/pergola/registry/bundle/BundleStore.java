package dev.pergola.registry.bundle;

import java.nio.file.Path;
import java.time.Instant;
import java.util.function.Consumer;

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
	 * Stored content. The hash is computed anew while it is read, and the last bytes are
	 * held back until it is known to be right.
	 * @param hash hash of stored content
	 * @return readable resource; {@link ContentMissingException} when it was never
	 * stored. Its stream throws {@link ContentDamagedException} when the content is not
	 * that of the hash
	 */
	Resource get(ContentHash hash);

	/**
	 * Visits what is stored, in no order.
	 * @param storedBefore younger content is left out
	 * @param visitor may call {@link #remove}
	 */
	void forEach(Instant storedBefore, Consumer<ContentHash> visitor);

	/**
	 * Removes content; nothing happens when there is none.
	 * @param hash hash of content that no version names
	 */
	void remove(ContentHash hash);

}
