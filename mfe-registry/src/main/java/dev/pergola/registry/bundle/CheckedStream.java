package dev.pergola.registry.bundle;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/**
 * Hands out bytes one buffer behind what it has read, so that the end of content with
 * another hash never reaches the reader: what it got is shorter than what was announced.
 */
final class CheckedStream extends FilterInputStream {

	private static final int BUFFER_BYTES = 16 * 1024;

	private final ContentHash expected;

	private final MessageDigest digest = ContentHash.newDigest();

	private byte[] ready = new byte[BUFFER_BYTES];

	private byte[] ahead = new byte[BUFFER_BYTES];

	private int position;

	private int readyBytes;

	private int aheadBytes;

	private boolean started;

	private boolean ended;

	CheckedStream(InputStream content, ContentHash expected) {
		super(content);
		this.expected = expected;
	}

	@Override
	public int read() throws IOException {
		return fill() ? this.ready[this.position++] & 0xFF : -1;
	}

	@Override
	public int read(byte[] buffer, int offset, int length) throws IOException {
		if (length == 0) {
			return 0;
		}
		if (!fill()) {
			return -1;
		}
		int count = Math.min(length, this.readyBytes - this.position);
		System.arraycopy(this.ready, this.position, buffer, offset, count);
		this.position += count;
		return count;
	}

	@Override
	public long skip(long count) throws IOException {
		long skipped = 0;
		while (skipped < count && fill()) {
			int step = (int) Math.min(count - skipped, this.readyBytes - this.position);
			this.position += step;
			skipped += step;
		}
		return skipped;
	}

	@Override
	public int available() {
		return this.readyBytes - this.position;
	}

	@Override
	public boolean markSupported() {
		return false;
	}

	/** Whether there is a byte to hand out. */
	private boolean fill() throws IOException {
		if (!this.started) {
			this.started = true;
			advance();
		}
		if (this.position < this.readyBytes) {
			return true;
		}
		byte[] free = this.ready;
		this.ready = this.ahead;
		this.readyBytes = this.aheadBytes;
		this.ahead = free;
		this.position = 0;
		if (this.readyBytes > 0) {
			advance();
		}
		return this.readyBytes > 0;
	}

	/** Reads one buffer more; at the end of all of them the hash has to be right. */
	private void advance() throws IOException {
		this.aheadBytes = this.ended ? 0 : this.in.readNBytes(this.ahead, 0, BUFFER_BYTES);
		this.digest.update(this.ahead, 0, this.aheadBytes);
		if (!this.ended && this.aheadBytes < BUFFER_BYTES) {
			this.ended = true;
			if (!ContentHash.of(this.digest).equals(this.expected)) {
				throw new ContentDamagedException(this.expected);
			}
		}
	}

}
