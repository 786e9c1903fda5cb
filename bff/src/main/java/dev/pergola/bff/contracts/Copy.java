package dev.pergola.bff.contracts;

import java.nio.ByteBuffer;
import java.util.Arrays;

import org.springframework.core.io.buffer.DataBuffer;

/** A copy of a body that goes on its way, up to a size. */
final class Copy {

	private final int maxBytes;

	private byte[] bytes = new byte[0];

	private int length;

	private boolean over;

	Copy(int maxBytes) {
		this.maxBytes = maxBytes;
	}

	void add(DataBuffer piece) {
		int count = piece.readableByteCount();
		if (this.over || this.length + count > this.maxBytes) {
			this.over = true;
			this.bytes = new byte[0];
			return;
		}
		if (this.bytes.length < this.length + count) {
			this.bytes = Arrays.copyOf(this.bytes, Math.max(2 * this.bytes.length, this.length + count));
		}
		piece.toByteBuffer(piece.readPosition(), ByteBuffer.wrap(this.bytes), this.length, count);
		this.length += count;
	}

	/** Whether the body was larger. */
	boolean isOver() {
		return this.over;
	}

	byte[] bytes() {
		return Arrays.copyOf(this.bytes, this.length);
	}

}
