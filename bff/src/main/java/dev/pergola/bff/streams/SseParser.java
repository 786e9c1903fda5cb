package dev.pergola.bff.streams;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Reads a stream of server-sent events, as the HTML Standard says, from pieces cut
 * anywhere. Not for use by several threads.
 */
public final class SseParser {

	private static final byte[] MARK = "\uFEFF".getBytes(StandardCharsets.UTF_8);

	private static final byte[] DATA = "data:".getBytes(StandardCharsets.UTF_8);

	private static final byte[] ID = "id:".getBytes(StandardCharsets.UTF_8);

	private final int maxBytes;

	private final boolean plainText;

	private boolean unspaced;

	private final ByteArrayOutputStream line = new ByteArrayOutputStream();

	/** First line of data of the event that has begun, {@code null} before it. */
	private @Nullable String data;

	/** All its lines, where there are several. */
	private @Nullable StringBuilder lines;

	private boolean afterCarriageReturn;

	private boolean first = true;

	private @Nullable String id;

	/**
	 * A parser at the start of a stream.
	 * @param maxBytes size of a line, and of the data of an event, at most
	 */
	public SseParser(int maxBytes) {
		this(maxBytes, false);
	}

	private SseParser(int maxBytes, boolean plainText) {
		this.maxBytes = maxBytes;
		this.plainText = plainText;
	}

	/**
	 * A parser of words as they are. Writers that leave out the optional space after
	 * {@code data:} (Spring's do) are told by a line without one; from then on a space
	 * there is the text's own.
	 * @param maxBytes size of a line, and of the data of an event, at most
	 */
	public static SseParser ofPlainText(int maxBytes) {
		return new SseParser(maxBytes, true);
	}

	/** Whether nothing of an event is left over: the stream may end here. */
	public boolean isBetweenEvents() {
		return this.line.size() == 0 && this.data == null;
	}

	/**
	 * Takes the next piece.
	 * @return events that are complete with it, in order
	 * @throws FrameTooLongException when a line or an event is longer than allowed
	 */
	public List<SseEvent> feed(byte[] piece) {
		List<SseEvent> events = new ArrayList<>(1);
		int start = 0;
		for (int i = 0; i < piece.length; i++) {
			byte b = piece[i];
			if (b != '\n' && b != '\r') {
				this.afterCarriageReturn = false;
				continue;
			}
			if (b == '\r' || !this.afterCarriageReturn) {
				endOfLine(piece, start, i, events);
			}
			this.afterCarriageReturn = (b == '\r');
			start = i + 1;
		}
		check(this.line.size() + piece.length - start);
		this.line.write(piece, start, piece.length - start);
		return events;
	}

	private void endOfLine(byte[] piece, int start, int end, List<SseEvent> events) {
		check(this.line.size() + end - start);
		if (this.line.size() == 0) {
			line(piece, start, end, events);
			return;
		}
		this.line.write(piece, start, end - start);
		byte[] whole = this.line.toByteArray();
		this.line.reset();
		line(whole, 0, whole.length, events);
	}

	private void line(byte[] bytes, int start, int end, List<SseEvent> events) {
		int from = start;
		if (this.first) {
			this.first = false;
			from += starts(bytes, start, end, MARK) ? MARK.length : 0;
		}
		if (from == end) {
			dispatch(events);
		}
		else if (starts(bytes, from, end, DATA)) {
			int value = from + DATA.length;
			this.unspaced |= this.plainText && value < end && bytes[value] != ' ';
			data(value(bytes, value, end));
		}
		else if (starts(bytes, from, end, ID)) {
			String id = value(bytes, from + ID.length, end);
			this.id = (id.indexOf('\0') < 0) ? id : this.id;
		}
		// A field may stand there without a value.
		else if (Arrays.equals(bytes, from, end, DATA, 0, DATA.length - 1)) {
			data("");
		}
		else if (Arrays.equals(bytes, from, end, ID, 0, ID.length - 1)) {
			this.id = "";
		}
	}

	private void data(String value) {
		String before = this.data;
		if (before == null) {
			check(value.length());
			this.data = value;
			return;
		}
		StringBuilder all = (this.lines != null) ? this.lines : new StringBuilder(before);
		check(all.length() + value.length());
		this.lines = all.append('\n').append(value);
	}

	private String value(byte[] bytes, int start, int end) {
		int from = (start < end && bytes[start] == ' ' && !this.unspaced) ? start + 1 : start;
		return new String(bytes, from, end - from, StandardCharsets.UTF_8);
	}

	private void dispatch(List<SseEvent> events) {
		String all = (this.lines != null) ? this.lines.toString() : this.data;
		if (all != null && !all.isEmpty()) {
			events.add(new SseEvent(this.id, all));
		}
		this.data = null;
		this.lines = null;
	}

	private static boolean starts(byte[] bytes, int start, int end, byte[] with) {
		return end - start >= with.length && Arrays.equals(bytes, start, start + with.length, with, 0, with.length);
	}

	private void check(int bytes) {
		if (bytes > this.maxBytes) {
			throw new FrameTooLongException("event: over %d bytes".formatted(this.maxBytes));
		}
	}

}
