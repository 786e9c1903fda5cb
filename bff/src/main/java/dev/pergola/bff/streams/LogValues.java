package dev.pergola.bff.streams;

import java.util.Arrays;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Values as they are: each costs no object but the value itself.
 */
final class LogValues<T> implements LogEntries<T> {

	private static final int ROOM = 8;

	private @Nullable Object[] values = new Object[ROOM];

	private int[] sizes = new int[ROOM];

	/** Where the oldest stands. */
	private int first;

	/** Where the next comes. */
	private int end;

	private long bytes;

	@Override
	public void add(T value, int size) {
		if (this.end == this.values.length) {
			makeRoom();
		}
		this.values[this.end] = value;
		this.sizes[this.end++] = size;
		this.bytes += size;
	}

	@Override
	@SuppressWarnings("unchecked")
	public T value(int index) {
		return (T) Objects.requireNonNull(this.values[this.first + index]);
	}

	@Override
	public int size(int index) {
		return this.sizes[this.first + index];
	}

	@Override
	public void removeFirst() {
		this.bytes -= this.sizes[this.first];
		this.values[this.first++] = null;
	}

	@Override
	public int count() {
		return this.end - this.first;
	}

	@Override
	public long bytes() {
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
