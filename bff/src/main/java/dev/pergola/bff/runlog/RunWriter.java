package dev.pergola.bff.runlog;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

import dev.pergola.bff.redis.Rounds;
import dev.pergola.bff.streams.CursorLog;
import dev.pergola.bff.streams.LogEntry;
import io.lettuce.core.KeyValue;
import io.lettuce.core.api.async.RedisAsyncCommands;

/**
 * Writes the runs of this node behind their backs: in each round, what is new of each.
 */
final class RunWriter {

	private static final int MAX_EVENTS = 500;

	private static final int MAX_FORGOTTEN = 500;

	private static final long LOST = -1;

	private static final long UNKNOWN = -2;

	private final RunLogProperties.Redis properties;

	private final RunKeys keys;

	private final String node;

	private final Duration going;

	private final Duration retention;

	private final Map<String, Kept> kept = new ConcurrentHashMap<>();

	/** Runs that ended while Redis was away, and that Redis takes for going. */
	private final Map<String, Forgotten> forgotten = new ConcurrentHashMap<>();

	RunWriter(RunLogProperties.Redis properties, String node, Duration maxDuration, Duration retention) {
		this.properties = properties;
		this.keys = new RunKeys(properties.prefix());
		this.node = node;
		// A run whose every node is gone is forgotten some day, too.
		this.going = maxDuration.plus(retention).plus(retention);
		this.retention = retention;
	}

	// What is there already is passed over by Redis, which says where to go on.
	void keep(KeptRun run) {
		RunName name = run.record().name();
		this.kept.put(name.digest(), new Kept(run, name));
	}

	Optional<KeptRun> find(String digest) {
		return Optional.ofNullable(this.kept.get(digest)).map((all) -> all.run);
	}

	/** Whether a run is this node's, or was and is over. */
	boolean has(String digest) {
		return this.kept.containsKey(digest) || this.forgotten.containsKey(digest);
	}

	/** Writes a run again from its first event. */
	void renew(String digest) {
		Kept known = this.kept.get(digest);
		if (known != null) {
			known.renew = true;
		}
	}

	/**
	 * Leaves alone what this node has forgotten: when it is written, or nobody knows when
	 * it can be. Redis forgets the latter, too, as soon as it can be told, or when its
	 * record is too old.
	 */
	void retain(Predicate<RunName> known, boolean isAway) {
		long now = System.nanoTime();
		this.kept.values().removeIf((all) -> {
			boolean isForgotten = (all.finished || isAway) && !known.test(all.name);
			if (isForgotten && !all.finished) {
				this.forgotten.put(all.name.digest(),
						new Forgotten(all.name, all.run.record().progress().epoch(), now));
			}
			return isForgotten;
		});
		this.forgotten.values().removeIf((run) -> now - run.since() > this.going.toNanos());
	}

	/** Time a record that is going to be changed lives. */
	Duration going() {
		return this.going;
	}

	/**
	 * Writes what is new, a batch of each run.
	 * @return whether there is more
	 */
	boolean round(RedisAsyncCommands<String, String> commands, Rounds rounds)
			throws ExecutionException, TimeoutException, InterruptedException {
		boolean more = forget(commands, rounds);
		List<Batch> batches = new ArrayList<>();
		for (Kept run : this.kept.values()) {
			batch(commands, run).ifPresent(batches::add);
		}
		for (Batch batch : batches) {
			more |= settle(batch, rounds.await(batch.answer()));
		}
		return more;
	}

	/**
	 * Looks what Redis knows of runs of which there may be no news. Those that it has
	 * forgotten are written again, as other nodes would take them for lost; those that
	 * are to stop may have had their note lost.
	 */
	void look(RedisAsyncCommands<String, String> commands, Rounds rounds)
			throws ExecutionException, TimeoutException, InterruptedException {
		Map<Kept, CompletableFuture<List<KeyValue<String, String>>>> answers = new LinkedHashMap<>();
		for (Kept run : this.kept.values()) {
			if (!run.finished && run.written > 0) {
				answers.put(run, commands.hmget(this.keys.record(run.name.digest()), "epoch", "cancelling")
					.toCompletableFuture());
			}
		}
		for (Map.Entry<Kept, CompletableFuture<List<KeyValue<String, String>>>> answer : answers.entrySet()) {
			Kept kept = answer.getKey();
			List<KeyValue<String, String>> fields = rounds.await(answer.getValue());
			kept.renew |= !fields.getFirst().hasValue();
			if (fields.getLast().hasValue() && !kept.run.record().progress().cancelling()) {
				kept.run.onCancel();
			}
		}
	}

	// Before anything else: a run of the same name may have begun since.
	private boolean forget(RedisAsyncCommands<String, String> commands, Rounds rounds)
			throws ExecutionException, TimeoutException, InterruptedException {
		List<Forgotten> runs = this.forgotten.values().stream().limit(MAX_FORGOTTEN).toList();
		List<CompletableFuture<Long>> answers = runs.stream().map((run) -> forget(commands, run)).toList();
		for (CompletableFuture<Long> answer : answers) {
			rounds.await(answer);
		}
		runs.forEach((run) -> this.forgotten.remove(run.name().digest(), run));
		return runs.size() == MAX_FORGOTTEN;
	}

	private CompletableFuture<Long> forget(RedisAsyncCommands<String, String> commands, Forgotten run) {
		String digest = run.name().digest();
		return Script.FORGET.run(commands, List.of(this.keys.record(digest), this.keys.events(digest),
				this.keys.of(run.name()), this.keys.going()), List.of(Long.toString(run.epoch()), digest));
	}

	private Optional<Batch> batch(RedisAsyncCommands<String, String> commands, Kept kept) {
		if (kept.renew) {
			return Optional.of(new Batch(kept, 0, false, renew(commands, kept)));
		}
		CursorLog<byte[]> log = kept.run.log();
		if (kept.finished || (!log.isClosed() && log.head().sequence() == kept.written)) {
			return Optional.empty();
		}
		List<LogEntry<byte[]>> news = log.slice(kept.written, MAX_EVENTS, this.properties.maxBatch().toBytes());
		RunRecord record = kept.run.record();
		long last = news.isEmpty() ? kept.written : news.getLast().id().sequence();
		boolean isOver = record.progress().endedAt() != null && last == record.progress().head();
		if (news.isEmpty() && !isOver) {
			return Optional.empty();
		}
		return Optional.of(new Batch(kept, last, isOver, append(commands, kept, record, news, isOver)));
	}

	private CompletableFuture<Long> append(RedisAsyncCommands<String, String> commands, Kept kept, RunRecord record,
			List<LogEntry<byte[]>> news, boolean isOver) {
		String digest = kept.name.digest();
		long last = news.isEmpty() ? kept.written : news.getLast().id().sequence();
		List<String> fields = RecordFields.progress(record.progress(), kept.run.upstreamId(last), isOver);
		List<String> values = new ArrayList<>(List.of(Long.toString(record.progress().epoch()), digest,
				Integer.toString(this.properties.maxLength()), millis(isOver ? this.retention : this.going),
				isOver ? "1" : "0", record.threadId(), waiting(record), Integer.toString(fields.size())));
		values.addAll(fields);
		for (LogEntry<byte[]> entry : news) {
			values.add(Long.toString(entry.id().epoch()));
			values.add(Long.toString(entry.id().sequence()));
			values.add(new String(entry.value(), StandardCharsets.UTF_8));
		}
		List<String> names = List.of(this.keys.record(digest), this.keys.events(digest), this.keys.threads(kept.name),
				this.keys.going());
		return Script.APPEND.run(commands, names, values);
	}

	// What the thread waits for after this run. An answer that never reached the agent
	// has answered nothing.
	private static String waiting(RunRecord record) {
		if (!record.progress().questions().isEmpty()) {
			return record.name().runId();
		}
		boolean unheard = record.progress().outcome().equals("FAILED") && !record.progress().isTaken();
		return (unheard && record.answers() != null) ? record.answers() : "";
	}

	private CompletableFuture<Long> renew(RedisAsyncCommands<String, String> commands, Kept kept) {
		RunRecord record = kept.run.record();
		String digest = kept.name.digest();
		List<String> values = new ArrayList<>(List.of(Long.toString(record.progress().epoch()), digest,
				Long.toString(record.startedAt().toEpochMilli()), millis(this.going), this.node));
		values.addAll(RecordFields.all(record, this.node));
		return Script.RENEW.run(commands,
				List.of(this.keys.record(digest), this.keys.events(digest), this.keys.of(kept.name), this.keys.going()),
				values);
	}

	private boolean settle(Batch batch, long answer) {
		Kept kept = batch.kept();
		if (kept.renew) {
			kept.renew = false;
			kept.written = 0;
			kept.finished = false;
			if (answer == 0) {
				lose(kept);
			}
			return answer != 0;
		}
		if (answer == LOST) {
			lose(kept);
			return false;
		}
		if (answer == UNKNOWN) {
			kept.renew = true;
			return true;
		}
		kept.written = answer;
		kept.finished = batch.isOver() && answer == batch.last();
		return kept.run.log().head().sequence() > answer;
	}

	private void lose(Kept kept) {
		this.kept.remove(kept.name.digest(), kept);
		kept.run.onLost();
	}

	static String millis(Duration duration) {
		return Long.toString(duration.toMillis());
	}

	/** A run and how far it is written; used by the thread of the rounds. */
	private static final class Kept {

		private final KeptRun run;

		private final RunName name;

		private long written;

		private volatile boolean finished;

		private volatile boolean renew;

		Kept(KeptRun run, RunName name) {
			this.run = run;
			this.name = name;
		}

	}

	/**
	 * A run that is over and whose log is gone.
	 *
	 * @param since as {@link System#nanoTime()} has it
	 */
	private record Forgotten(RunName name, long epoch, long since) {

	}

	private record Batch(Kept kept, long last, boolean isOver, CompletableFuture<Long> answer) {

	}

}
