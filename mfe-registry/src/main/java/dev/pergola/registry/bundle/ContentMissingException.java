package dev.pergola.registry.bundle;

/**
 * A version names content the bundle store does not have: somebody removed it from
 * outside.
 */
public class ContentMissingException extends RuntimeException {

	public ContentMissingException(ContentHash hash) {
		super("content %s is missing from the bundle store".formatted(hash.hex()));
	}

}
