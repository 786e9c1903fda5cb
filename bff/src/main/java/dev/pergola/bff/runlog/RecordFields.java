package dev.pergola.bff.runlog;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import io.lettuce.core.KeyValue;
import org.jspecify.annotations.Nullable;

/** A record as fields of a hash. */
final class RecordFields {

	private static final String FACTS = "facts";

	private static final String BRIEF = "brief";

	/** What a list of runs is made of: all but the whole of what was asked. */
	static final String[] LISTED = { "owner", "run", "thread", "digest", BRIEF, "started", "epochs", "head", "upstream",
			"answers", "outcome", "ended", "cancelling", "questions", "taken" };

	private RecordFields() {
	}

	/** All of a record but its head, which is what the events say; names and values. */
	static List<String> all(RunRecord run, String node) {
		List<String> fields = new ArrayList<>(List.of("owner", run.name().owner(), "run", run.name().runId(), "thread",
				run.threadId(), "digest", run.digest(), FACTS, run.facts(), BRIEF, run.brief(), "started",
				Long.toString(run.startedAt().toEpochMilli()), "node", node, "head", "0", "epoch",
				Long.toString(run.progress().epoch()), "epochs",
				run.progress().epochs().stream().map(String::valueOf).collect(Collectors.joining(" "))));
		if (run.answers() != null) {
			fields.addAll(List.of("answers", run.answers()));
		}
		fields.addAll(List.of("outcome", "RUNNING", "taken", "0"));
		return fields;
	}

	/**
	 * What grows with the events.
	 * @param upstreamId empty for none
	 * @param isOver whether the end is told with them
	 */
	static List<String> progress(RunRecord.Progress progress, String upstreamId, boolean isOver) {
		List<String> fields = new ArrayList<>(List.of("taken", progress.isTaken() ? "1" : "0"));
		if (!upstreamId.isEmpty()) {
			fields.addAll(List.of("upstream", upstreamId));
		}
		if (isOver && progress.cancelling()) {
			fields.addAll(List.of("cancelling", "1"));
		}
		if (isOver && progress.endedAt() != null) {
			fields.addAll(List.of("outcome", progress.outcome(), "ended",
					Long.toString(progress.endedAt().toEpochMilli()), "questions", progress.questions()));
		}
		return fields;
	}

	/**
	 * Reads what {@link #LISTED} names, with the brief facts in place of the whole.
	 * @return empty when there is none, or it was written before there were any
	 */
	static Optional<RunRecord> readListed(List<KeyValue<String, String>> listed) {
		Map<String, String> fields = listed.stream()
			.filter(KeyValue::hasValue)
			.collect(Collectors.toMap(KeyValue::getKey, KeyValue::getValue));
		if (fields.containsKey(BRIEF)) {
			fields.put(FACTS, fields.get(BRIEF));
		}
		return read(fields);
	}

	/** Reads a record; empty when there is none. */
	static Optional<RunRecord> read(Map<String, String> fields) {
		if (!fields.containsKey(FACTS) || !fields.containsKey("epochs")) {
			return Optional.empty();
		}
		List<Long> epochs = Arrays.stream(fields.get("epochs").split(" ")).map(Long::valueOf).toList();
		RunRecord.Progress progress = new RunRecord.Progress(epochs, number(fields.get("head")), fields.get("upstream"),
				fields.getOrDefault("outcome", "RUNNING"), time(fields.get("ended")), fields.containsKey("cancelling"),
				fields.getOrDefault("questions", ""), "1".equals(fields.get("taken")));
		String facts = fields.get(FACTS);
		Instant startedAt = Instant.ofEpochMilli(number(fields.get("started")));
		return Optional.of(new RunRecord(new RunName(fields.getOrDefault("owner", ""), fields.getOrDefault("run", "")),
				fields.getOrDefault("thread", ""), fields.getOrDefault("digest", ""), facts,
				fields.getOrDefault(BRIEF, facts), startedAt, fields.get("answers"), progress));
	}

	private static @Nullable Instant time(@Nullable String millis) {
		return (millis != null) ? Instant.ofEpochMilli(number(millis)) : null;
	}

	private static long number(@Nullable String text) {
		return (text != null) ? Long.parseLong(text) : 0;
	}

}
