package dev.pergola.bff.streams;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * Append-only log in memory, read by cursor: replay and live tail are the same read, so
 * nothing falls between them. A reader holds a place in the log and no copy of it; what
 * it has not asked for costs nothing but the place.
 *
 * @param <T> what an entry carries
 */
public final class CursorLog<T> {

	private final long epoch;

	private final Bounds bounds;

	private final List<LogReader<T>> readers = new CopyOnWriteArrayList<>();

	// Guarded by this; the entries before "trimmed" were dropped.
	private final ArrayList<@Nullable LogEntry<T>> entries = new ArrayList<>();

	private int trimmed;

	private long last;

	private long bytes;

	private boolean closed;

	/**
	 * An empty log.
	 * @param epoch which writer this is, see {@link EventId}
	 */
	public CursorLog(long epoch, Bounds bounds) {
		this.epoch = epoch;
		this.bounds = bounds;
	}

	/**
	 * Appends and wakes the readers. The oldest entries go when a bound is passed.
	 * @param entryBytes size of the value
	 * @return id of the new entry; {@link IllegalStateException} when the log is closed
	 */
	public EventId append(T value, int entryBytes) {
		EventId id;
		synchronized (this) {
			if (this.closed) {
				throw new IllegalStateException("log: closed (expected: open)");
			}
			id = new EventId(this.epoch, ++this.last);
			this.entries.add(new LogEntry<>(id, value, entryBytes));
			this.bytes += entryBytes;
			trim();
		}
		this.readers.forEach(LogReader::drain);
		return id;
	}

	/** Ends the log: readers complete after the last entry. */
	public void close() {
		synchronized (this) {
			this.closed = true;
		}
		this.readers.forEach(LogReader::drain);
	}

	/**
	 * Every entry after a place, oldest first, then new ones as they come.
	 * @param cursor id of the last entry seen, {@code null} for all
	 * @return completes after the last entry of a closed log; fails with
	 * {@link SlowViewerException} when the reader falls behind too far
	 */
	public Flux<LogEntry<T>> after(@Nullable EventId cursor) {
		long next = (cursor != null) ? cursor.sequence() + 1 : 1;
		return Flux.from((actual) -> {
			LogReader<T> reader = new LogReader<>(this, actual, Math.max(next, firstSequence()));
			this.readers.add(reader);
			actual.onSubscribe(reader);
			reader.drain();
		});
	}

	/**
	 * Whether everything after a place is still here.
	 * @return {@code false} for a place of another writer, in the future or trimmed away
	 */
	public synchronized boolean covers(EventId cursor) {
		return cursor.epoch() == this.epoch && cursor.sequence() <= this.last
				&& cursor.sequence() + 1 >= firstSequence();
	}

	/** Id of the newest entry; sequence 0 when there was none. */
	public synchronized EventId head() {
		return new EventId(this.epoch, this.last);
	}

	public synchronized boolean isClosed() {
		return this.closed;
	}

	/** Bytes held. */
	public synchronized long bytes() {
		return this.bytes;
	}

	/** Entries held. */
	public synchronized int size() {
		return this.entries.size() - this.trimmed;
	}

	/** Readers there are now. */
	public int readers() {
		return this.readers.size();
	}

	synchronized Optional<LogEntry<T>> find(long sequence) {
		long first = firstSequence();
		if (sequence < first || sequence > this.last) {
			return Optional.empty();
		}
		return Optional.ofNullable(this.entries.get(this.trimmed + (int) (sequence - first)));
	}

	synchronized long firstSequence() {
		return this.last - (this.entries.size() - this.trimmed) + 1;
	}

	/**
	 * Whether a reader is too far behind.
	 * @param sequence what it reads next
	 * @param progress the newest entry there was when it last took one
	 */
	synchronized boolean isTooFarBehind(long sequence, long progress) {
		boolean stuck = sequence <= this.last && this.last - progress > this.bounds.maxLag();
		return stuck || sequence < firstSequence();
	}

	synchronized boolean isEnd(long sequence) {
		return this.closed && sequence > this.last;
	}

	void remove(LogReader<T> reader) {
		this.readers.remove(reader);
	}

	private void trim() {
		while (size() > 1 && (size() > this.bounds.maxEntries() || this.bytes > this.bounds.maxBytes())) {
			LogEntry<T> oldest = this.entries.get(this.trimmed);
			this.bytes -= (oldest != null) ? oldest.bytes() : 0;
			this.entries.set(this.trimmed++, null);
		}
		if (this.trimmed > 64 && this.trimmed > this.entries.size() / 2) {
			this.entries.subList(0, this.trimmed).clear();
			this.trimmed = 0;
		}
	}

	/**
	 * How much a log holds.
	 *
	 * @param maxLag entries that may come while a reader takes none
	 */
	public record Bounds(int maxEntries, long maxBytes, int maxLag) {

	}

}
