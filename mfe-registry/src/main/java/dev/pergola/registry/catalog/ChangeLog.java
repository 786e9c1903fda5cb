package dev.pergola.registry.catalog;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

import dev.pergola.manifests.catalog.CatalogChange;
import dev.pergola.manifests.catalog.CatalogJson;

import org.springframework.util.unit.DataSize;

/**
 * The last changes, for watchers that were away or are slow: bounded in number and in
 * bytes.
 */
final class ChangeLog {

	private final int maxChanges;

	private final long maxBytes;

	private final Deque<Entry> entries = new ArrayDeque<>();

	private long bytes;

	ChangeLog(int maxChanges, DataSize maxSize) {
		this.maxChanges = maxChanges;
		this.maxBytes = maxSize.toBytes();
	}

	/** Adds a change that follows the last one, and forgets the oldest if need be. */
	synchronized void add(CatalogChange change) {
		if (!this.entries.isEmpty() && this.entries.getLast().revision() != change.from()) {
			clear();
		}
		Entry entry = new Entry(change.from(), change.revision(), CatalogJson.write(change));
		this.entries.addLast(entry);
		this.bytes += entry.json().length;
		while (this.entries.size() > this.maxChanges || this.bytes > this.maxBytes) {
			this.bytes -= this.entries.removeFirst().json().length;
		}
	}

	synchronized void clear() {
		this.entries.clear();
		this.bytes = 0;
	}

	/**
	 * The change that takes a watcher further. Changes carry modules whole, so one that
	 * starts earlier serves as well.
	 * @param seen revision the watcher has
	 * @return empty when that is longer ago than the log goes, or nothing came after
	 */
	synchronized Optional<Frame> after(long seen) {
		for (Entry entry : this.entries) {
			if (entry.revision() > seen) {
				return (entry.from() <= seen) ? Optional.of(entry.frame(seen)) : Optional.empty();
			}
		}
		return Optional.empty();
	}

	private record Entry(long from, long revision, byte[] json) {

		Frame frame(long seen) {
			return Frame.change(this.revision, start(seen), this.json, start(this.from).length());
		}

		private static String start(long from) {
			return "{\"from\":" + from;
		}

	}

}
