package dev.pergola.bridge.driver.acp;

/**
 * The other side answered a request with an error. Its words are left out: they may
 * repeat anything.
 */
final class JsonRpcException extends Exception {

	private final int code;

	JsonRpcException(int code) {
		super("error " + code);
		this.code = code;
	}

	int code() {
		return this.code;
	}

}
