package dev.pergola.bridge.runner;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The runners of this bridge by name.
 */
public class Runners {

	private final Map<String, Runner> byId;

	public Runners(Map<String, Runner> byId) {
		this.byId = Collections.unmodifiableMap(new TreeMap<>(byId));
	}

	/** All runners, by name. */
	public Map<String, Runner> byId() {
		return this.byId;
	}

	/**
	 * The runner of that name.
	 * @throws RunnerNotFoundException where no operator configured it
	 */
	public Runner get(String id) {
		Runner runner = this.byId.get(id);
		if (runner == null) {
			throw new RunnerNotFoundException(id);
		}
		return runner;
	}

	/**
	 * Name to title of every runner, by name.
	 */
	public Map<String, String> titles() {
		Map<String, String> titles = new TreeMap<>();
		this.byId.forEach((id, runner) -> titles.put(id, Objects.requireNonNullElse(runner.title(), id)));
		return titles;
	}

}
