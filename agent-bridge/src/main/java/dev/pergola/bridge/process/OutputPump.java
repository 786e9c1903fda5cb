package dev.pergola.bridge.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Reads standard output on a thread of its own, ahead of whoever reads here, so that a
 * program that waits for an answer can go on printing. Once its turn is over, what it
 * prints is counted and thrown away.
 */
final class OutputPump extends InputStream {

	/** Held for a reader; a program that prints more waits until it is read. */
	static final int AHEAD = 1024 * 1024;

	private static final int CHUNK = 16 * 1024;

	private final Deque<byte[]> chunks = new ArrayDeque<>();

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	private final AtomicLong discarded = new AtomicLong();

	private final AtomicLong printed = new AtomicLong();

	private final long limitBytes;

	private final Thread thread;

	private int held;

	private int offset;

	private long turn;

	private boolean discarding;

	private boolean ended;

	/**
	 * @param limitBytes most that is taken in one turn
	 */
	OutputPump(InputStream stdout, long limitBytes) {
		this.limitBytes = limitBytes;
		this.thread = Thread.ofPlatform().daemon().name("agent-output").start(() -> pump(stdout));
	}

	/** What comes from now on is for a reader, and counted from nothing. */
	void beginTurn() {
		guarded(() -> {
			this.turn = this.held;
			this.discarding = false;
		});
	}

	/** What comes from now on, and what nobody read, is thrown away. */
	void discard() {
		guarded(() -> {
			this.discarding = true;
			this.discarded.addAndGet(this.held);
			this.chunks.clear();
			this.held = 0;
			this.offset = 0;
		});
	}

	/** Bytes that came when no turn was under way. */
	long discarded() {
		return this.discarded.get();
	}

	/** Bytes printed so far. */
	long printed() {
		return this.printed.get();
	}

	/** Waits for what a program that is gone has printed. */
	void await() throws InterruptedException {
		this.thread.join(500);
	}

	/** Ends the reading here, whatever still holds the other end open. */
	void end() {
		guarded(() -> this.ended = true);
	}

	@Override
	public int read() throws IOException {
		byte[] one = new byte[1];
		return (read(one, 0, 1) < 0) ? -1 : one[0] & 0xff;
	}

	@Override
	public int read(byte[] target, int from, int length) throws IOException {
		Objects.checkFromIndexSize(from, length, target.length);
		if (length == 0) {
			return 0;
		}
		this.lock.lock();
		try {
			while (this.chunks.isEmpty() && !this.ended && !isTooLarge()) {
				this.changed.await();
			}
			if (isTooLarge()) {
				throw new OutputTooLargeException(this.limitBytes);
			}
			return this.chunks.isEmpty() ? -1 : take(target, from, length);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new InterruptedIOException();
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public int available() {
		this.lock.lock();
		try {
			return this.held;
		}
		finally {
			this.lock.unlock();
		}
	}

	private int take(byte[] target, int from, int length) {
		byte[] chunk = this.chunks.getFirst();
		int count = Math.min(length, chunk.length - this.offset);
		System.arraycopy(chunk, this.offset, target, from, count);
		this.offset += count;
		this.held -= count;
		if (this.offset == chunk.length) {
			this.chunks.removeFirst();
			this.offset = 0;
		}
		this.changed.signalAll();
		return count;
	}

	private boolean isTooLarge() {
		return this.turn > this.limitBytes;
	}

	private void pump(InputStream stdout) {
		byte[] buffer = new byte[CHUNK];
		try (stdout) {
			for (int count = stdout.read(buffer); count >= 0; count = stdout.read(buffer)) {
				this.printed.addAndGet(count);
				keep(buffer, count);
			}
		}
		catch (IOException closed) {
			// the program is gone
		}
		end();
	}

	private void keep(byte[] buffer, int count) {
		this.lock.lock();
		try {
			while (this.held > AHEAD && !this.discarding && !this.ended) {
				this.changed.awaitUninterruptibly();
			}
			if (this.discarding || this.ended || isTooLarge()) {
				this.discarded.addAndGet(count);
				return;
			}
			byte[] chunk = new byte[count];
			System.arraycopy(buffer, 0, chunk, 0, count);
			this.chunks.add(chunk);
			this.held += count;
			this.turn += count;
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	private void guarded(Runnable change) {
		this.lock.lock();
		try {
			change.run();
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

}
