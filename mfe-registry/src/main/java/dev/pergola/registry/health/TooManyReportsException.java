package dev.pergola.registry.health;

/**
 * A person reported more in a minute than anybody needs to.
 */
public class TooManyReportsException extends RuntimeException {

	public TooManyReportsException() {
		super("too many reports in this minute");
	}

}
