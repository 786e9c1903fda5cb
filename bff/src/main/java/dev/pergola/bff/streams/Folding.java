package dev.pergola.bff.streams;

import org.jspecify.annotations.Nullable;

/**
 * Makes one value of several that follow each other, for readers that are behind.
 *
 * @param <T> what an entry of the log carries
 */
@FunctionalInterface
public interface Folding<T> {

	/**
	 * Begins with a value.
	 * @return {@code null} when that has to stay alone
	 */
	@Nullable Fold<T> begin(T value);

	/** Leaves every value alone. */
	static <T> Folding<T> none() {
		return (value) -> null;
	}

	/**
	 * Values that are becoming one.
	 *
	 * @param <T> what an entry of the log carries
	 */
	interface Fold<T> {

		/**
		 * Takes the next value.
		 * @return {@code false} when it does not belong here, or would be too much
		 */
		boolean add(T next);

		/** All values so far, as one. */
		T value();

	}

}
