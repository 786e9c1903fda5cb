package dev.pergola.bff.streams;

/**
 * Values of a log and their sizes, oldest first. Not for use by several threads.
 *
 * @param <T> what an entry carries
 */
interface LogEntries<T> {

	void add(T value, int size);

	/**
	 * A value.
	 * @param index 0 for the oldest
	 */
	T value(int index);

	/** Size of a value. */
	int size(int index);

	void removeFirst();

	/** Number of values. */
	int count();

	/** Sizes of all. */
	long bytes();

}
