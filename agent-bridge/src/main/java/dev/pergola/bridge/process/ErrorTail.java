package dev.pergola.bridge.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Reads standard error to its end, so that a program never waits for a reader, and keeps
 * the last part.
 */
final class ErrorTail {

	private static final int LIMIT = 64 * 1024;

	private final byte[] ring = new byte[LIMIT];

	private final Thread reader;

	private long written;

	ErrorTail(InputStream stderr) {
		this.reader = Thread.ofVirtual().name("agent-errors").start(() -> drain(stderr));
	}

	String text() {
		try {
			this.reader.join(500);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		synchronized (this) {
			int length = (int) Math.min(this.written, LIMIT);
			byte[] tail = new byte[length];
			for (int index = 0; index < length; index++) {
				tail[index] = this.ring[(int) ((this.written - length + index) % LIMIT)];
			}
			return new String(tail, StandardCharsets.UTF_8);
		}
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
