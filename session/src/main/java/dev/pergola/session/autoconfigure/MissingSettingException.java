package dev.pergola.session.autoconfigure;

/**
 * A setting needs another one; the message names both.
 */
class MissingSettingException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	MissingSettingException(String message) {
		super(message);
	}

}
