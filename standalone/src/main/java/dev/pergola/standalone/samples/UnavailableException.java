package dev.pergola.standalone.samples;

/**
 * A sample cannot run on this computer; the message is a sentence for people.
 */
class UnavailableException extends Exception {

	private static final long serialVersionUID = 1L;

	UnavailableException(String message) {
		super(message);
	}

}
