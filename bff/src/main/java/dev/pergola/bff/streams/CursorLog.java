package dev.pergola.bff.streams;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
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

	private final Bounds bounds;

	private final List<LogReader<T>> readers = new CopyOnWriteArrayList<>();

	// Guarded by this.
	private final LogEntries<T> entries;

	private final TreeSet<Long> epochs = new TreeSet<>();

	/** Writers of what is here, by the sequence of their first entry. */
	private final TreeMap<Long, Long> writers = new TreeMap<>();

	private long epoch;

	/** Sequence of the first entry of the writer whose entries come last. */
	private long newest = Long.MAX_VALUE;

	private long newestEpoch;

	/** The place before the oldest entry. */
	private EventId start;

	private long last;

	private boolean closed;

	private boolean abandoned;

	/**
	 * An empty log.
	 * @param epoch which writer this is, see {@link EventId}
	 */
	public CursorLog(long epoch, Bounds bounds) {
		this(epoch, bounds, new LogValues<>());
	}

	private CursorLog(long epoch, Bounds bounds, LogEntries<T> entries) {
		this.entries = entries;
		this.bounds = bounds;
		this.start = new EventId(epoch, 0);
		beginEpoch(epoch);
	}

	/**
	 * An empty log of bytes, which keeps no value of its own for each. What is read is a
	 * copy.
	 */
	public static CursorLog<byte[]> ofBytes(long epoch, Bounds bounds) {
		return new CursorLog<>(epoch, bounds, new LogPages());
	}

	/**
	 * Makes another writer the one whose entries come next; their sequence goes on.
	 * @param next greater than the epoch so far
	 */
	public synchronized void beginEpoch(long next) {
		this.epoch = next;
		this.epochs.add(next);
	}

	/**
	 * Takes over an entry another log of the same writer has under that id.
	 * @param id the one after the newest here; any where there is none
	 * @return whether it was new; an id that is here already changes nothing
	 */
	public boolean restore(EventId id, T value, int entryBytes) {
		synchronized (this) {
			if (this.closed || id.sequence() <= this.last) {
				return false;
			}
			if (this.last == 0) {
				this.start = new EventId(id.epoch(), id.sequence() - 1);
			}
			else if (id.sequence() != this.last + 1) {
				throw new IllegalArgumentException("id: %s (expected: sequence %d)".formatted(id, this.last + 1));
			}
			beginEpoch(id.epoch());
			add(id, value, entryBytes);
		}
		this.readers.forEach(LogReader::drain);
		return true;
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
			id = new EventId(this.epoch, this.last + 1);
			add(id, value, entryBytes);
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
	 * Gives the log up although it has not ended: readers fail with
	 * {@link LogLostException}, and may come back with their place.
	 */
	public void abandon() {
		synchronized (this) {
			this.abandoned = true;
		}
		close();
	}

	/**
	 * Entries after a sequence, oldest first, up to a size and at least one where there
	 * is one.
	 */
	public synchronized List<LogEntry<T>> slice(long after, int maxEntries, long maxBytes) {
		List<LogEntry<T>> slice = new ArrayList<>();
		long size = 0;
		for (long next = Math.max(after + 1, firstSequence()); next <= this.last && slice.size() < maxEntries; next++) {
			size += this.entries.size(index(next));
			if (!slice.isEmpty() && size > maxBytes) {
				break;
			}
			slice.add(entry(next));
		}
		return slice;
	}

	/**
	 * Every entry after a place, oldest first, then new ones as they come.
	 * @param cursor id of the last entry seen, {@code null} for all
	 * @return completes after the last entry of a closed log; fails with
	 * {@link SlowViewerException} when the reader falls behind too far
	 */
	public Flux<LogEntry<T>> after(@Nullable EventId cursor) {
		return after(cursor, Folding.none());
	}

	/**
	 * The same, where entries that wait anyway may come as one, under the last one's id.
	 */
	public Flux<LogEntry<T>> after(@Nullable EventId cursor, Folding<T> folding) {
		long next = (cursor != null) ? cursor.sequence() + 1 : 1;
		return Flux.from((actual) -> {
			LogReader<T> reader = new LogReader<>(this, actual, Math.max(next, firstSequence()), folding);
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
		if (cursor.sequence() == this.start.sequence()) {
			return cursor.equals(this.start);
		}
		return isHere(cursor.sequence()) && cursor.equals(id(cursor.sequence()));
	}

	/** Whether a place is one of this log's, be it here or lost. */
	public synchronized boolean hasEpoch(long number) {
		return this.epochs.contains(number);
	}

	/** Its writers so far, in order. */
	public synchronized List<Long> epochs() {
		return List.copyOf(this.epochs);
	}

	/** The place before the oldest entry. */
	public synchronized EventId start() {
		return this.start;
	}

	/** Whether the very first entry is still here. */
	public synchronized boolean isWhole() {
		return this.start.sequence() == 0;
	}

	/**
	 * Ends readers that have not caught up with the newest entry for too long. To be
	 * called every now and then.
	 * @param nanoTime as {@link System#nanoTime()} has it
	 * @return readers that were ended
	 */
	public long cutSlow(long nanoTime, Duration maxBehind) {
		long cut = 0;
		for (LogReader<T> reader : this.readers) {
			cut += reader.cutIfBehind(nanoTime, maxBehind.toNanos()) ? 1 : 0;
		}
		return cut;
	}

	private void add(EventId id, T value, int entryBytes) {
		this.last = id.sequence();
		if (this.newest == Long.MAX_VALUE || this.newestEpoch != id.epoch()) {
			this.writers.put(id.sequence(), id.epoch());
			this.newest = id.sequence();
			this.newestEpoch = id.epoch();
		}
		this.entries.add(value, entryBytes);
		trim();
	}

	/** Id of the newest entry; sequence 0 when there was none. */
	public synchronized EventId head() {
		return isHere(this.last) ? id(this.last) : this.start;
	}

	public synchronized boolean isClosed() {
		return this.closed;
	}

	/** Bytes held. */
	public synchronized long bytes() {
		return this.entries.bytes();
	}

	/** Entries held. */
	public synchronized int size() {
		return this.entries.count();
	}

	/** Readers there are now. */
	public int readers() {
		return this.readers.size();
	}

	/** An entry, {@code null} for one that is not here; once for each reader. */
	synchronized @Nullable LogEntry<T> read(long sequence) {
		return isHere(sequence) ? entry(sequence) : null;
	}

	/** Sequence of the newest entry, 0 when there was none. */
	public synchronized long last() {
		return this.last;
	}

	synchronized long firstSequence() {
		return this.last - this.entries.count() + 1;
	}

	private boolean isHere(long sequence) {
		return sequence >= firstSequence() && sequence <= this.last;
	}

	private int index(long sequence) {
		return (int) (sequence - firstSequence());
	}

	private EventId id(long sequence) {
		long writer = (sequence >= this.newest) ? this.newestEpoch : this.writers.floorEntry(sequence).getValue();
		return new EventId(writer, sequence);
	}

	private LogEntry<T> entry(long sequence) {
		int index = index(sequence);
		return new LogEntry<>(id(sequence), this.entries.value(index), this.entries.size(index));
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

	synchronized boolean isAbandoned() {
		return this.abandoned;
	}

	synchronized boolean isEnd(long sequence) {
		return this.closed && sequence > this.last;
	}

	void remove(LogReader<T> reader) {
		this.readers.remove(reader);
	}

	private void trim() {
		while (size() > 1 && (size() > this.bounds.maxEntries() || bytes() > this.bounds.maxBytes())) {
			this.start = id(firstSequence());
			this.entries.removeFirst();
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
