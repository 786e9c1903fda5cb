package dev.pergola.bff.agents.operations;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * How several runs went together. What nothing was measured of is left out.
 *
 * @param runsLastHour asked for in the last hour
 * @param runsLastDay asked for in the last 24 hours; what follows is of these
 * @param failureShare 0 to 1, of those that ended and were not stopped
 * @param durationMillisP50 half of those that ended took no longer
 * @param durationMillisP95 19 of 20 took no longer
 * @param firstByteMillisP50 half of those that said something had begun by then
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Summary(long running, long queued, long runsLastHour, long runsLastDay, @Nullable Double failureShare,
		@Nullable Long durationMillisP50, @Nullable Long durationMillisP95, @Nullable Long firstByteMillisP50,
		long inputTokens, long outputTokens) {

	static final Duration DAY = Duration.ofDays(1);

	static Summary of(Collection<LedgerEntry> runs, Instant now) {
		List<LedgerEntry> day = runs.stream().filter((run) -> run.createdAt().isAfter(now.minus(DAY))).toList();
		Instant hour = now.minus(Duration.ofHours(1));
		List<Long> durations = millis(day, LedgerEntry::duration);
		Tokens tokens = day.stream().map(LedgerEntry::tokens).reduce(Tokens.NONE, Tokens::plus);
		return new Summary(count(runs, RunState.RUNNING), count(runs, RunState.QUEUED),
				day.stream().filter((run) -> run.createdAt().isAfter(hour)).count(), day.size(), failureShare(day),
				percentile(durations, 50), percentile(durations, 95),
				percentile(millis(day, LedgerEntry::untilFirstByte), 50), tokens.input(), tokens.output());
	}

	/** Runs by a name, in the order of the names. */
	static Map<String, List<LedgerEntry>> by(Collection<LedgerEntry> runs, Function<LedgerEntry, String> name) {
		Map<String, List<LedgerEntry>> groups = new TreeMap<>();
		runs.forEach((run) -> groups.computeIfAbsent(name.apply(run), (key) -> new ArrayList<>()).add(run));
		return groups;
	}

	private static @Nullable Double failureShare(Collection<LedgerEntry> runs) {
		long failed = count(runs, RunState.FAILED);
		long good = count(runs, RunState.FINISHED) + count(runs, RunState.WAITING) + count(runs, RunState.EXPIRED);
		return (failed + good == 0) ? null : (double) failed / (failed + good);
	}

	private static long count(Collection<LedgerEntry> runs, RunState state) {
		return runs.stream().filter((run) -> run.state() == state).count();
	}

	private static List<Long> millis(Collection<LedgerEntry> runs, Function<LedgerEntry, @Nullable Duration> time) {
		return runs.stream().map(time).filter(Objects::nonNull).map(Duration::toMillis).sorted().toList();
	}

	// The smallest value that so many percent do not exceed.
	private static @Nullable Long percentile(List<Long> sorted, int percent) {
		return sorted.isEmpty() ? null : sorted.get(Math.ceilDiv(sorted.size() * percent, 100) - 1);
	}

}
