package dev.pergola.registry.bundle;

/**
 * Stored content is no longer what its hash says: somebody changed it from outside, or a
 * disk did.
 */
public class ContentDamagedException extends RuntimeException {

	public ContentDamagedException(ContentHash hash) {
		super("content %s was changed in the bundle store".formatted(hash.hex()));
	}

}
