package dev.pergola.registry.catalog;

/**
 * A node has as many watchers as it may.
 */
public class TooManyWatchersException extends RuntimeException {

	public TooManyWatchersException(int limit) {
		super("this node has %d watchers and takes no more; another may".formatted(limit));
	}

}
