package dev.pergola.registry.openapi;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Sentences about what callers would lose; there is an end to how much is compared.
 */
final class Losses {

	private static final int MAX_SENTENCES = 50;

	private static final int MAX_STEPS = 20_000;

	private final Set<String> sentences = new LinkedHashSet<>();

	private int steps;

	void add(String place, String sentence) {
		if (this.sentences.size() < MAX_SENTENCES) {
			this.sentences.add(place + ": " + sentence);
		}
	}

	/** Whether one more schema may be looked at. */
	boolean step() {
		if (this.steps++ == MAX_STEPS) {
			add("all of it", "is too large to be compared");
		}
		return this.steps <= MAX_STEPS;
	}

	List<String> sentences() {
		return new ArrayList<>(this.sentences);
	}

}
