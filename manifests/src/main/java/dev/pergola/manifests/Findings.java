package dev.pergola.manifests;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Collects what is wrong with one source; the first thing said about a place is the only
 * one.
 */
final class Findings {

	private static final int MAX = 100;

	private final JsonSource source;

	private final List<Finding> findings = new ArrayList<>();

	private final Set<String> pointers = new HashSet<>();

	Findings(JsonSource source) {
		this.source = source;
	}

	/** Something about a value. The message goes on after the name of the place. */
	void add(String pointer, String message) {
		add(pointer, Pointer.readable(pointer) + ": " + message, this.source.value(pointer));
	}

	/** Something about the name of a field that is there. */
	void addToKey(String pointer, String field, String message) {
		String place = Pointer.child(pointer, field);
		add(place, Pointer.readable(pointer) + ": " + message, this.source.key(place));
	}

	private void add(String pointer, String message, SourcePlace place) {
		if (this.pointers.add(pointer)) {
			this.findings.add(new Finding(pointer, message, place.line(), place.column()));
		}
	}

	boolean isEmpty() {
		return this.findings.isEmpty();
	}

	/** In the order of the document; past a hundred, one more says how many are left. */
	List<Finding> sorted() {
		List<Finding> sorted = new ArrayList<>(this.findings);
		sorted.sort(Comparator.comparingInt(Finding::line).thenComparingInt(Finding::column));
		if (sorted.size() <= MAX) {
			return sorted;
		}
		List<Finding> first = new ArrayList<>(sorted.subList(0, MAX));
		first.add(new Finding("", "the manifest: %d more findings".formatted(sorted.size() - MAX), 0, 0));
		return first;
	}

}
