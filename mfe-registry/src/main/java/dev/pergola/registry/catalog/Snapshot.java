package dev.pergola.registry.catalog;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import dev.pergola.manifests.catalog.Catalog;
import dev.pergola.manifests.catalog.CatalogChange;
import dev.pergola.manifests.catalog.CatalogJson;
import dev.pergola.manifests.catalog.CatalogModule;
import dev.pergola.manifests.catalog.Navigation;
import org.jspecify.annotations.Nullable;

/**
 * A catalog and its JSON. The JSON of a module is written once for as long as the module
 * stays the same, that of the whole once for all who read it, and only if somebody does.
 */
final class Snapshot {

	private static final byte[] MODULES = "\"modules\":[".getBytes(StandardCharsets.UTF_8);

	private final long revision;

	private final Instant at;

	private final Map<String, Entry> entries;

	private final Navigation navigation;

	private volatile @Nullable Catalog catalog;

	private volatile @Nullable ByteBuffer json;

	private Snapshot(long revision, Instant at, Map<String, Entry> entries, Navigation navigation) {
		this.revision = revision;
		this.at = at;
		this.entries = Collections.unmodifiableMap(entries);
		this.navigation = navigation;
	}

	static Snapshot of(Catalog catalog) {
		Map<String, Entry> entries = new TreeMap<>();
		catalog.modules().forEach((module) -> entries.put(module.module(), Entry.of(module)));
		return new Snapshot(catalog.revision(), catalog.at(), entries, catalog.navigation());
	}

	/**
	 * The next snapshot.
	 * @param touched modules that may be different, empty for one that is in no catalog
	 */
	Snapshot next(long revision, Instant at, Map<String, Optional<CatalogModule>> touched, Navigation overlay) {
		Map<String, Entry> next = new TreeMap<>(this.entries);
		touched.forEach((name, found) -> {
			Entry before = next.get(name);
			if (found.isEmpty()) {
				next.remove(name);
			}
			else if (before == null || !before.module().equals(found.get())) {
				next.put(name, Entry.of(found.get()));
			}
		});
		return new Snapshot(revision, at, next, overlay.equals(this.navigation) ? this.navigation : overlay);
	}

	/** What is different from an older snapshot; entries that were kept are the same. */
	CatalogChange since(Snapshot older) {
		List<CatalogModule> changed = new ArrayList<>();
		this.entries.forEach((name, entry) -> {
			Entry before = older.entries.get(name);
			if (before != entry && (before == null || !before.module().equals(entry.module()))) {
				changed.add(entry.module());
			}
		});
		List<String> removed = older.entries.keySet()
			.stream()
			.filter((name) -> !this.entries.containsKey(name))
			.toList();
		return new CatalogChange(older.revision, this.revision, this.at, changed, removed,
				this.navigation.equals(older.navigation) ? null : this.navigation);
	}

	long revision() {
		return this.revision;
	}

	Navigation navigation() {
		return this.navigation;
	}

	Catalog catalog() {
		Catalog known = this.catalog;
		if (known == null) {
			known = new Catalog(this.revision, this.at, this.entries.values().stream().map(Entry::module).toList(),
					this.navigation);
			this.catalog = known;
		}
		return known;
	}

	/**
	 * The whole as JSON.
	 * @return UTF-8, one line; outside the heap, so that it can be sent to many at once
	 * without a copy for each
	 */
	synchronized ByteBuffer json() {
		ByteBuffer known = this.json;
		if (known == null) {
			known = write();
			this.json = known;
		}
		return known.duplicate();
	}

	private ByteBuffer write() {
		byte[] frame = CatalogJson.write(new Catalog(this.revision, this.at, List.of(), this.navigation));
		int modules = end(frame);
		long size = frame.length + this.entries.values().stream().mapToLong((entry) -> entry.json().length + 1L).sum();
		ByteBuffer buffer = ByteBuffer.allocateDirect(Math.toIntExact(size));
		buffer.put(frame, 0, modules);
		boolean first = true;
		for (Entry entry : this.entries.values()) {
			if (!first) {
				buffer.put((byte) ',');
			}
			buffer.put(entry.json());
			first = false;
		}
		buffer.put(frame, modules, frame.length - modules);
		return buffer.flip().asReadOnlyBuffer();
	}

	/** Number and time come before the list, so its name stands there first. */
	private static int end(byte[] frame) {
		for (int i = 0; i + MODULES.length <= frame.length; i++) {
			if (Arrays.equals(frame, i, i + MODULES.length, MODULES, 0, MODULES.length)) {
				return i + MODULES.length;
			}
		}
		throw new IllegalStateException("the JSON of a catalog has no modules");
	}

	private record Entry(CatalogModule module, byte[] json) {

		static Entry of(CatalogModule module) {
			return new Entry(module, CatalogJson.write(module));
		}

	}

}
