package dev.pergola.bff.runlog;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

import dev.pergola.bff.redis.Rounds;
import dev.pergola.bff.streams.LogEntry;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.SetArgs;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.api.async.RedisAsyncCommands;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows that this node lives, reads what others want of it, and takes over the runs of
 * those that are gone.
 */
final class NodeWatch {

	private static final Logger log = LoggerFactory.getLogger(NodeWatch.class);

	private static final int NOTES = 100;

	/** Runs taken over at once: the others that live take some, too. */
	private static final int MAX_TAKEN = 20;

	private static final int EVENTS = 500;

	private final RunLogProperties.Redis properties;

	private final RunKeys keys;

	private final String node;

	private final RunWriter writer;

	private final Epochs epochs = new Epochs(Clock.systemUTC());

	private long nextBeat = System.nanoTime();

	/** Runs that are this node's, and that it does not have, at the last look. */
	private Set<String> strays = Set.of();

	private volatile @Nullable Heir heir;

	NodeWatch(RunLogProperties.Redis properties, String node, RunWriter writer) {
		this.properties = properties;
		this.keys = new RunKeys(properties.prefix());
		this.node = node;
		this.writer = writer;
	}

	void heir(Heir next) {
		this.heir = next;
	}

	/** Does what is due. */
	void round(RedisAsyncCommands<String, String> commands, Rounds rounds)
			throws ExecutionException, TimeoutException, InterruptedException {
		for (String note : rounds.await(commands.lpop(this.keys.inbox(this.node), NOTES).toCompletableFuture())) {
			read(note);
		}
		if (System.nanoTime() - this.nextBeat < 0) {
			return;
		}
		Duration lease = this.properties.lease();
		this.nextBeat = System.nanoTime() + lease.toNanos() / 4;
		beat(commands, rounds);
		this.writer.look(commands, rounds);
		// Just after Redis was away, nobody has had the time to say that they live.
		Heir present = this.heir;
		if (present != null && rounds.goodFor().compareTo(lease) > 0) {
			inherit(commands, rounds, present);
		}
	}

	private void beat(RedisAsyncCommands<String, String> commands, Rounds rounds)
			throws ExecutionException, TimeoutException, InterruptedException {
		SetArgs expiry = SetArgs.Builder.px(this.properties.lease().toMillis());
		rounds.await(commands.set(this.keys.node(this.node), "1", expiry).toCompletableFuture());
	}

	/** Gives up what is this node's. */
	void leave(RedisAsyncCommands<String, String> commands, Rounds rounds)
			throws ExecutionException, TimeoutException, InterruptedException {
		rounds.await(commands.del(this.keys.node(this.node)).toCompletableFuture());
	}

	private void read(String note) {
		String[] words = note.split(" ");
		switch (words[0]) {
			case "cancel" -> this.writer.find(words[1]).ifPresent(KeptRun::onCancel);
			case "watched" -> this.writer.find(words[1]).ifPresent(KeptRun::onWatched);
			case "repair" -> this.writer.renew(words[1]);
			default -> log.warn("note not understood: word={}", words[0]);
		}
	}

	private void inherit(RedisAsyncCommands<String, String> commands, Rounds rounds, Heir present)
			throws ExecutionException, TimeoutException, InterruptedException {
		Map<String, String> going = rounds.await(commands.hgetall(this.keys.going()).toCompletableFuture());
		Set<String> gone = gone(commands, rounds, going);
		Set<String> strayed = new HashSet<>();
		int taken = 0;
		for (Map.Entry<String, String> run : going.entrySet()) {
			String digest = run.getKey();
			if (run.getValue().equals(this.node) && !this.writer.has(digest)) {
				strayed.add(digest);
			}
			boolean stray = strayed.contains(digest) && this.strays.contains(digest);
			// What is more than one round's work is left to the others, or to the next.
			boolean room = taken < MAX_TAKEN;
			boolean orphan = room && gone.contains(run.getValue()) && take(commands, rounds, digest, run.getValue());
			if (room && (stray || orphan)) {
				taken++;
				// To read many runs may take longer than the lease.
				beat(commands, rounds);
				load(commands, rounds, digest, present);
			}
		}
		this.strays = strayed;
	}

	private Set<String> gone(RedisAsyncCommands<String, String> commands, Rounds rounds, Map<String, String> going)
			throws ExecutionException, TimeoutException, InterruptedException {
		Set<String> gone = new HashSet<>();
		for (String other : new HashSet<>(going.values())) {
			if (!other.equals(this.node)
					&& rounds.await(commands.exists(this.keys.node(other)).toCompletableFuture()) == 0) {
				gone.add(other);
			}
		}
		return gone;
	}

	private boolean take(RedisAsyncCommands<String, String> commands, Rounds rounds, String digest, String from)
			throws ExecutionException, TimeoutException, InterruptedException {
		long epoch = rounds
			.await(Script.TAKE.run(commands, List.of(this.keys.record(digest), this.keys.going(), this.keys.node(from)),
					List.of(digest, from, this.node, Long.toString(this.epochs.next()))));
		return epoch > 0;
	}

	private void load(RedisAsyncCommands<String, String> commands, Rounds rounds, String digest, Heir present)
			throws ExecutionException, TimeoutException, InterruptedException {
		Map<String, String> fields = rounds.await(commands.hgetall(this.keys.record(digest)).toCompletableFuture());
		if (fields.isEmpty()) {
			// Its time is over.
			rounds.await(commands.hdel(this.keys.going(), digest).toCompletableFuture());
			return;
		}
		Optional<RunRecord> record = read(fields, digest);
		if (record.isEmpty()) {
			return;
		}
		List<LogEntry<byte[]>> events = new ArrayList<>();
		Range<String> range = Range.unbounded();
		List<StreamMessage<String, String>> piece;
		do {
			piece = rounds
				.await(commands.xrange(this.keys.events(digest), range, Limit.from(EVENTS)).toCompletableFuture());
			events.addAll(RunReader.events(piece));
			if (!piece.isEmpty()) {
				range = Range.from(Range.Boundary.excluding(piece.getLast().getId()), Range.Boundary.unbounded());
			}
		}
		while (piece.size() == EVENTS);
		try {
			present.inherit(record.get(), events);
		}
		catch (RuntimeException ex) {
			log.error("run of another node cannot be gone on with: run={}", digest, ex);
		}
	}

	private static Optional<RunRecord> read(Map<String, String> fields, String digest) {
		try {
			return RecordFields.read(fields);
		}
		catch (RuntimeException ex) {
			log.error("record of a run cannot be read: run={}", digest, ex);
			return Optional.empty();
		}
	}

}
