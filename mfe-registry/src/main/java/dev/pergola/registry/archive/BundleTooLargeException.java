package dev.pergola.registry.archive;

/**
 * An upload is past one of its bounds: bytes, expanded bytes, expansion or number of
 * files.
 */
public class BundleTooLargeException extends RuntimeException {

	public BundleTooLargeException(String message) {
		super(message);
	}

}
