package dev.pergola.bff.streams;

import java.util.Arrays;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Values of a log and their sizes, oldest first. A log holds thousands for long: each
 * costs no object but the value itself. Not for use by several threads.
 *
 * @param <T> what an entry carries
 */
final class LogEntries<T> {

	private static final int ROOM = 8;

	private @Nullable Object[] values = new Object[ROOM];

	private int[] sizes = new int[ROOM];

	/** Where the oldest stands. */
	private int first;

	/** Where the next comes. */
	private int end;

	private long bytes;

	void add(T value, int size) {
		if (this.end == this.values.length) {
			makeRoom();
		}
		this.values[this.end] = value;
		this.sizes[this.end++] = size;
		this.bytes += size;
	}

	/**
	 * A value.
	 * @param index 0 for the oldest
	 */
	@SuppressWarnings("unchecked")
	T value(int index) {
		return (T) Objects.requireNonNull(this.values[this.first + index]);
	}

	/** Size of a value. */
	int size(int index) {
		return this.sizes[this.first + index];
	}

	void removeFirst() {
		this.bytes -= this.sizes[this.first];
		this.values[this.first++] = null;
	}

	/** Number of values. */
	int count() {
		return this.end - this.first;
	}

	/** Sizes of all. */
	long bytes() {
		return this.bytes;
	}

	private void makeRoom() {
		int count = count();
		int room = (count > this.values.length / 2) ? count + (count >> 1) + ROOM : this.values.length;
		this.values = Arrays.copyOfRange(this.values, this.first, this.first + room);
		this.sizes = Arrays.copyOfRange(this.sizes, this.first, this.first + room);
		this.first = 0;
		this.end = count;
	}

}
