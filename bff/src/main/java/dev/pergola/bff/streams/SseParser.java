package dev.pergola.bff.streams;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Reads a stream of server-sent events, as the HTML Standard says, from pieces cut
 * anywhere. Not for use by several threads.
 */
public final class SseParser {

	private final int maxBytes;

	private final boolean plainText;

	private boolean unspaced;

	private final ByteArrayOutputStream line = new ByteArrayOutputStream();

	private final StringBuilder data = new StringBuilder();

	private boolean hasData;

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
		return this.line.size() == 0 && !this.hasData;
	}

	/**
	 * Takes the next piece.
	 * @return events that are complete with it, in order
	 * @throws FrameTooLongException when a line or an event is longer than allowed
	 */
	public List<SseEvent> feed(byte[] piece) {
		List<SseEvent> events = new ArrayList<>();
		for (byte b : piece) {
			if (b == '\n' && this.afterCarriageReturn) {
				this.afterCarriageReturn = false;
				continue;
			}
			this.afterCarriageReturn = (b == '\r');
			if (b == '\n' || b == '\r') {
				endOfLine(events);
			}
			else {
				check(this.line.size() + 1);
				this.line.write(b);
			}
		}
		return events;
	}

	private void endOfLine(List<SseEvent> events) {
		String text = this.line.toString(StandardCharsets.UTF_8);
		this.line.reset();
		if (this.first) {
			this.first = false;
			text = text.startsWith("\uFEFF") ? text.substring(1) : text;
		}
		if (text.isEmpty()) {
			dispatch(events);
			return;
		}
		int colon = text.indexOf(':');
		String field = (colon < 0) ? text : text.substring(0, colon);
		String value = (colon < 0) ? "" : text.substring(colon + 1);
		this.unspaced |= this.plainText && field.equals("data") && !value.isEmpty() && !value.startsWith(" ");
		field(field, (value.startsWith(" ") && !this.unspaced) ? value.substring(1) : value);
	}

	private void field(String field, String value) {
		if (field.equals("data")) {
			check(this.data.length() + value.length());
			this.data.append(this.hasData ? "\n" : "").append(value);
			this.hasData = true;
		}
		else if (field.equals("id") && value.indexOf('\0') < 0) {
			this.id = value;
		}
	}

	private void dispatch(List<SseEvent> events) {
		if (this.hasData && !this.data.isEmpty()) {
			events.add(new SseEvent(this.id, this.data.toString()));
		}
		this.data.setLength(0);
		this.hasData = false;
	}

	private void check(int bytes) {
		if (bytes > this.maxBytes) {
			throw new FrameTooLongException("event: over %d bytes".formatted(this.maxBytes));
		}
	}

}
