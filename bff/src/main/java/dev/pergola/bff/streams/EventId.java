package dev.pergola.bff.streams;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Place in a log: opaque to clients, and sorts as text as it sorts as numbers.
 *
 * @param epoch which writer of the log, 0 to 2^48 - 1; grows when the history is lost
 * @param sequence number of the entry, from 1, growing by 1; 0 is before the first
 */
public record EventId(long epoch, long sequence) implements Comparable<EventId> {

	private static final long MAX_EPOCH = (1L << 48) - 1;

	private static final long MAX_SEQUENCE = 9_999_999_999L;

	private static final int HYPHEN = 12;

	/** Characters of every id. */
	static final int LENGTH = 23;

	private static final Pattern SHAPE = Pattern.compile("[0-9a-f]{12}-[0-9]{10}");

	public EventId {
		if (epoch < 0 || epoch > MAX_EPOCH) {
			throw new IllegalArgumentException("epoch: %d (expected: 0 to %d)".formatted(epoch, MAX_EPOCH));
		}
		if (sequence < 0 || sequence > MAX_SEQUENCE) {
			throw new IllegalArgumentException("sequence: %d (expected: 0 to %d)".formatted(sequence, MAX_SEQUENCE));
		}
	}

	/**
	 * Reads an id as {@link #toString()} writes it.
	 * @return empty for any other text
	 */
	public static Optional<EventId> parse(String text) {
		if (!SHAPE.matcher(text).matches()) {
			return Optional.empty();
		}
		return Optional.of(new EventId(Long.parseLong(text, 0, 12, 16), Long.parseLong(text, 13, 23, 10)));
	}

	@Override
	public int compareTo(EventId other) {
		int order = Long.compare(this.epoch, other.epoch);
		return (order != 0) ? order : Long.compare(this.sequence, other.sequence);
	}

	@Override
	public String toString() {
		byte[] text = new byte[LENGTH];
		write(text, 0);
		return new String(text, StandardCharsets.ISO_8859_1);
	}

	/**
	 * Writes what {@link #toString()} says: for every event of every viewer.
	 * @param start of {@link #LENGTH} bytes
	 */
	void write(byte[] bytes, int start) {
		digits(bytes, start, HYPHEN, this.epoch, 16);
		bytes[start + HYPHEN] = '-';
		digits(bytes, start + HYPHEN + 1, LENGTH - HYPHEN - 1, this.sequence, 10);
	}

	private static void digits(byte[] bytes, int start, int width, long number, int radix) {
		long rest = number;
		for (int i = start + width - 1; i >= start; i--) {
			bytes[i] = (byte) Character.forDigit((int) (rest % radix), radix);
			rest /= radix;
		}
	}

}
