package dev.pergola.manifests.openapi;

/**
 * A file is not a description that may be read; the message goes on after its name.
 */
public class UnreadableDescriptionException extends Exception {

	public UnreadableDescriptionException(String message) {
		super(message);
	}

}
