package dev.pergola.bridge.run;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Runs that wait. Teams take turns, within a team its people do, and each person's runs
 * go in order: who asks much waits longer, not everybody else.
 */
final class FairLine {

	/** Team to person to runs; whose turn it is comes first. */
	private final Map<String, Map<String, Deque<Run>>> teams = new LinkedHashMap<>();

	private int size;

	void add(Run run) {
		this.teams.computeIfAbsent(run.caller().team(), (team) -> new LinkedHashMap<>())
			.computeIfAbsent(run.caller().person(), (person) -> new ArrayDeque<>())
			.add(run);
		this.size++;
	}

	boolean remove(Run run) {
		Map<String, Deque<Run>> people = this.teams.getOrDefault(run.caller().team(), Map.of());
		Deque<Run> runs = people.getOrDefault(run.caller().person(), new ArrayDeque<>());
		if (!runs.remove(run)) {
			return false;
		}
		if (runs.isEmpty()) {
			people.remove(run.caller().person());
		}
		if (people.isEmpty()) {
			this.teams.remove(run.caller().team());
		}
		this.size--;
		return true;
	}

	/**
	 * Takes the next run of those that may go.
	 */
	Optional<Run> next(Predicate<Run> mayGo) {
		for (Map<String, Deque<Run>> people : this.teams.values()) {
			for (Deque<Run> runs : people.values()) {
				Run run = runs.getFirst();
				if (mayGo.test(run)) {
					passTurn(run);
					return Optional.of(run);
				}
			}
		}
		return Optional.empty();
	}

	/** All that wait, in the order in which they would go now. */
	List<Run> order() {
		FairLine copy = new FairLine();
		this.teams.forEach((team, people) -> people.values().forEach((runs) -> runs.forEach(copy::add)));
		List<Run> order = new ArrayList<>();
		for (Optional<Run> next = copy.next((run) -> true); next.isPresent(); next = copy.next((run) -> true)) {
			order.add(next.get());
		}
		return order;
	}

	int size() {
		return this.size;
	}

	private void passTurn(Run run) {
		remove(run);
		moveToEnd(this.teams, run.caller().team());
		Map<String, Deque<Run>> people = this.teams.get(run.caller().team());
		if (people != null) {
			moveToEnd(people, run.caller().person());
		}
	}

	private static <T> void moveToEnd(Map<String, T> turns, String key) {
		T value = turns.remove(key);
		if (value != null) {
			turns.put(key, value);
		}
	}

}
