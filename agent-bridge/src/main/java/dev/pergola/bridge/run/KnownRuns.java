package dev.pergola.bridge.run;

import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The runs that can be asked for: all that are not over, and those that are for a time
 * and as long as there is room. Not for several threads.
 */
final class KnownRuns {

	private final Map<String, Run> byId = new LinkedHashMap<>();

	private final RunLimits limits;

	KnownRuns(RunLimits limits) {
		this.limits = limits;
	}

	void add(Run run) {
		this.byId.put(run.id(), run);
	}

	Optional<Run> find(String runId) {
		return Optional.ofNullable(this.byId.get(runId));
	}

	/** How many of that person's go on. */
	long activeOf(Caller caller) {
		return this.byId.values()
			.stream()
			.filter((run) -> run.state().isActive() && run.caller().person().equals(caller.person()))
			.count();
	}

	/** Forgets what is too old or too much, those that ended first before others. */
	void forget(Instant now) {
		Instant oldest = now.minus(this.limits.retention());
		this.byId.values().removeIf((run) -> run.state().isFinal() && endedAt(run).isBefore(oldest));
		List<Run> ended = this.byId.values()
			.stream()
			.filter((run) -> run.state().isFinal())
			.sorted(Comparator.comparing(KnownRuns::endedAt))
			.toList();
		long bytes = this.byId.values().stream().mapToLong(Run::keptBytes).sum();
		int count = ended.size();
		for (Run run : ended) {
			if (count <= this.limits.maxRetained() && bytes <= this.limits.maxLogs().toBytes()) {
				return;
			}
			this.byId.remove(run.id());
			bytes -= run.keptBytes();
			count--;
		}
	}

	private static Instant endedAt(Run run) {
		return Objects.requireNonNull(run.endedAt());
	}

}
