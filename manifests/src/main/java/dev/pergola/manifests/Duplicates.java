package dev.pergola.manifests;

import java.util.HashMap;
import java.util.Map;

/** Notices what is said twice. */
final class Duplicates {

	private final Map<String, String> pointers = new HashMap<>();

	private final Findings findings;

	Duplicates(Findings findings) {
		this.findings = findings;
	}

	/** Reports a field whose key was seen before. */
	void add(Field field, String key) {
		String first = this.pointers.putIfAbsent(key, field.pointer());
		if (first != null) {
			this.findings.add(field.pointer(), "says the same as %s".formatted(Pointer.readable(first)));
		}
	}

	void addText(Field field) {
		field.text().ifPresent((text) -> add(field, text));
	}

}
