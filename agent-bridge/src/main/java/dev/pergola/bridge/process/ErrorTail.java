package dev.pergola.bridge.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Reads standard error to its end, so that a program never waits for a reader, and keeps
 * the last part.
 */
final class ErrorTail {

	static final int LIMIT = 64 * 1024;

	private static final int LONGEST_SECRET = 4096;

	private final byte[] ring = new byte[LIMIT];

	private final Redaction redaction;

	private final Thread reader;

	private long written;

	/** Where what is told begins, and whether that is within a line. */
	private long start;

	private boolean midLine;

	ErrorTail(InputStream stderr, Redaction redaction) {
		this.redaction = redaction;
		this.reader = Thread.ofPlatform().daemon().name("agent-errors").start(() -> drain(stderr));
	}

	/**
	 * The last whole lines, without secrets.
	 */
	String text() {
		String text;
		boolean cut;
		synchronized (this) {
			text = tail();
			cut = this.midLine || this.written - this.start > LIMIT;
		}
		return this.redaction.of(cut ? text.substring(firstWhole(text)) : text);
	}

	/**
	 * The same of a program that goes on, whose last line may be half a secret so far.
	 */
	String soFar() {
		String text = text();
		int known = text.length() - this.redaction.begun(text);
		return text.substring(0, text.lastIndexOf('\n', known - 1) + 1);
	}

	/** Tells nothing any more of what was written so far. */
	synchronized void forget() {
		this.midLine = this.written > 0 && this.ring[(int) ((this.written - 1) % LIMIT)] != '\n';
		this.start = this.written;
	}

	// Half a line may hold half a secret, which nothing would recognise.
	private static int firstWhole(String text) {
		int end = text.indexOf('\n');
		return (end >= 0) ? end + 1 : Math.min(text.length(), LONGEST_SECRET);
	}

	/** Waits for what a program that is gone has written. */
	void await() throws InterruptedException {
		this.reader.join(500);
	}

	private String tail() {
		int length = (int) Math.min(this.written - this.start, LIMIT);
		byte[] tail = new byte[length];
		for (int index = 0; index < length; index++) {
			tail[index] = this.ring[(int) ((this.written - length + index) % LIMIT)];
		}
		return new String(tail, StandardCharsets.UTF_8);
	}

	private void drain(InputStream stderr) {
		byte[] buffer = new byte[8192];
		try (stderr) {
			for (int count = stderr.read(buffer); count >= 0; count = stderr.read(buffer)) {
				keep(buffer, count);
			}
		}
		catch (IOException closed) {
			// the program is gone
		}
	}

	private synchronized void keep(byte[] buffer, int count) {
		for (int index = 0; index < count; index++) {
			this.ring[(int) (this.written++ % LIMIT)] = buffer[index];
		}
	}

}
