package dev.pergola.bff.streams;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Values that are bytes, one behind the other on pages. Thousands of logs grow by tens of
 * thousands of short values a second, and are kept for long: as objects of their own they
 * would be carried from one part of the heap to the next, one by one, in every pause of
 * the collector. The size of a value is its length.
 */
final class LogPages implements LogEntries<byte[]> {

	/** Bytes of a page, a power of two. */
	static final int PAGE = 4096;

	private static final int FIRST = 256;

	private static final int ROOM = 8;

	private final List<byte[]> pages = new ArrayList<>();

	/** Pages that are gone. */
	private long gone;

	/** Where each value ends, counted from the very first byte. */
	private long[] ends = new long[ROOM];

	/** Where the oldest begins. */
	private long start;

	/** Index of the end of the oldest. */
	private int first;

	/** Index of the end of the next. */
	private int next;

	@Override
	public void add(byte[] value, int size) {
		if (this.next == this.ends.length) {
			makeRoom();
		}
		long place = head();
		for (int done = 0; done < value.length;) {
			int offset = (int) ((place + done) % PAGE);
			int length = Math.min(value.length - done, PAGE - offset);
			System.arraycopy(value, done, page(place + done, offset + length), offset, length);
			done += length;
		}
		this.ends[this.next++] = place + value.length;
	}

	@Override
	public byte[] value(int index) {
		long place = begin(index);
		byte[] value = new byte[size(index)];
		for (int done = 0; done < value.length;) {
			int offset = (int) ((place + done) % PAGE);
			int length = Math.min(value.length - done, PAGE - offset);
			System.arraycopy(this.pages.get(number(place + done)), offset, value, done, length);
			done += length;
		}
		return value;
	}

	@Override
	public int size(int index) {
		return (int) (this.ends[this.first + index] - begin(index));
	}

	@Override
	public void removeFirst() {
		this.start = this.ends[this.first++];
		while (!this.pages.isEmpty() && (this.gone + 1) * PAGE <= this.start) {
			this.pages.removeFirst();
			this.gone++;
		}
	}

	@Override
	public int count() {
		return this.next - this.first;
	}

	@Override
	public long bytes() {
		return head() - this.start;
	}

	private long head() {
		return (this.next > this.first) ? this.ends[this.next - 1] : this.start;
	}

	private long begin(int index) {
		return (index == 0) ? this.start : this.ends[this.first + index - 1];
	}

	private int number(long place) {
		return (int) (place / PAGE - this.gone);
	}

	/** The page of a place, with room up to there: most logs never fill one. */
	private byte[] page(long place, int room) {
		int number = number(place);
		if (number == this.pages.size()) {
			this.pages.add(new byte[(number == 0 && this.gone == 0) ? Math.max(FIRST, room) : PAGE]);
		}
		byte[] page = this.pages.get(number);
		if (page.length < room) {
			page = Arrays.copyOf(page, Math.min(PAGE, Math.max(room, 2 * page.length)));
			this.pages.set(number, page);
		}
		return page;
	}

	private void makeRoom() {
		int count = count();
		int room = (count > this.ends.length / 2) ? count + (count >> 1) + ROOM : this.ends.length;
		this.ends = Arrays.copyOfRange(this.ends, this.first, this.first + room);
		this.first = 0;
		this.next = count;
	}

}
