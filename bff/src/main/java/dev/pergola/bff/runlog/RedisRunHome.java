package dev.pergola.bff.runlog;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Predicate;

import dev.pergola.bff.redis.RedisLink;
import dev.pergola.bff.redis.Rounds;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.async.RedisAsyncCommands;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Runs in Redis or Valkey. Two threads of its own write and read; what somebody waits for
 * is asked without one.
 */
public final class RedisRunHome implements RunHome {

	private static final int MAX_COMMANDS = 10_000;

	/** Runs of a person that are listed. */
	private static final int MAX_LISTED = 200;

	private final String node = UUID.randomUUID().toString();

	private final RunLogProperties.Redis properties;

	private final RunKeys keys;

	private final RedisLink writes;

	private final RedisLink reads;

	private final RunWriter writer;

	private final RunReader reader;

	private final NodeWatch watch;

	private final Rounds writing;

	private final Rounds reading;

	/**
	 * A home that is entered at once, and found when Redis is there.
	 * @param maxDuration time a run may take
	 * @param retention time it is kept after its end
	 */
	public RedisRunHome(RunLogProperties.Redis properties, Duration maxDuration, Duration retention) {
		this.properties = properties;
		this.keys = new RunKeys(properties.prefix());
		this.writes = new RedisLink(String.valueOf(properties.url()), properties.timeout(), MAX_COMMANDS);
		this.reads = new RedisLink(String.valueOf(properties.url()), properties.timeout(), MAX_COMMANDS);
		this.writer = new RunWriter(properties, this.node, maxDuration, retention);
		this.reader = new RunReader(this.keys);
		this.watch = new NodeWatch(properties, this.node, this.writer);
		this.writing = rounds("bff-runs-write", this.writes, this::write);
		this.reading = rounds("bff-runs-read", this.reads, this::read);
		this.writing.start();
		this.reading.start();
	}

	private Rounds rounds(String name, RedisLink link, Rounds.Body body) {
		return new Rounds(name, "runs", this.properties.flush(), this.properties.timeout(), link, body);
	}

	private boolean write(RedisAsyncCommands<String, String> commands)
			throws ExecutionException, TimeoutException, InterruptedException {
		this.watch.round(commands, this.writing);
		return this.writer.round(commands, this.writing);
	}

	private boolean read(RedisAsyncCommands<String, String> commands)
			throws ExecutionException, TimeoutException, InterruptedException {
		return this.reader.round(commands, this.reading);
	}

	@Override
	public boolean isShared() {
		return true;
	}

	@Override
	public boolean isAway() {
		return this.writing.isAway() || this.reading.isAway();
	}

	@Override
	public Mono<Claim> claim(RunRecord run, String waiting) {
		String digest = run.name().digest();
		long now = run.startedAt().toEpochMilli();
		List<String> values = new ArrayList<>(List.of(digest, Long.toString(now), RunWriter.millis(this.writer.going()),
				run.threadId(), waiting, this.node, Long.toString(now - this.writer.going().toMillis())));
		values.addAll(RecordFields.all(run, this.node));
		List<String> names = List.of(this.keys.record(digest), this.keys.of(run.name()), this.keys.threads(run.name()),
				this.keys.going());
		return this.<String>ask(this.writes, (commands) -> Script.CLAIM.run(commands, names, values))
			.map(Claim::valueOf);
	}

	@Override
	public Mono<RunRecord> find(RunName name) {
		return record(name.digest());
	}

	@Override
	public Mono<RunRecord> findBrief(RunName name) {
		return listed(name.digest());
	}

	@Override
	public Flux<RunRecord> of(String owner) {
		String key = this.keys.of(new RunName(owner, ""));
		return ask(this.reads, (commands) -> commands.zrevrangebyscore(key, Range.unbounded(), Limit.from(MAX_LISTED)))
			.flatMapMany(Flux::fromIterable)
			.flatMapSequential(this::listed);
	}

	@Override
	public Mono<RunRecord> waiting(String owner, String threadId) {
		String key = this.keys.threads(new RunName(owner, ""));
		return ask(this.reads, (commands) -> commands.hget(key, threadId)).flatMap((runId) -> {
			RunName name = new RunName(owner, runId);
			return record(name.digest()).switchIfEmpty(drop(name, threadId));
		});
	}

	@Override
	public Mono<RunRecord> cancel(String digest) {
		return note(digest, "cancel", true).then(record(digest));
	}

	@Override
	public Mono<Void> watched(RunName name) {
		return note(name.digest(), "watched", false);
	}

	@Override
	public Mono<Void> repair(RunName name) {
		return note(name.digest(), "repair", false);
	}

	@Override
	public void keep(KeptRun run) {
		this.writer.keep(run);
	}

	@Override
	public void retain(Predicate<RunName> known) {
		this.writer.retain(known, this.writing.isAway());
	}

	@Override
	public Disposable follow(RunName name, Follower follower) {
		return this.reader.follow(name, follower);
	}

	@Override
	public void heir(Heir heir) {
		this.watch.heir(heir);
	}

	@Override
	public void close() {
		this.reading.close();
		this.writing.close((commands) -> {
			this.writer.round(commands, this.writing);
			this.watch.leave(commands, this.writing);
			return false;
		});
		this.reads.close();
		this.writes.close();
	}

	private Mono<RunRecord> listed(String digest) {
		return ask(this.reads, (commands) -> commands.hmget(this.keys.record(digest), RecordFields.LISTED))
			.flatMap((fields) -> Mono.justOrEmpty(RecordFields.readListed(fields)))
			// Of an earlier version, which had no brief facts.
			.switchIfEmpty(record(digest));
	}

	private Mono<RunRecord> record(String digest) {
		return ask(this.reads, (commands) -> commands.hgetall(this.keys.record(digest)))
			.flatMap((fields) -> Mono.justOrEmpty(RecordFields.read(fields)));
	}

	private Mono<RunRecord> drop(RunName name, String threadId) {
		List<String> names = List.of(this.keys.record(name.digest()), this.keys.threads(name));
		return this
			.<Long>ask(this.writes, (commands) -> Script.DROP.run(commands, names, List.of(threadId, name.runId())))
			.then(Mono.empty());
	}

	private Mono<Void> note(String digest, String word, boolean stop) {
		List<String> values = List.of(this.keys.inboxes(), word + " " + digest,
				RunWriter.millis(this.properties.lease().multipliedBy(6)), stop ? "1" : "0");
		return this
			.<Long>ask(this.writes, (commands) -> Script.NOTE.run(commands, List.of(this.keys.record(digest)), values))
			.then();
	}

	// Answers come on a thread of Redis, which has others to read.
	private <T> Mono<T> ask(RedisLink link, Function<RedisAsyncCommands<String, String>, CompletionStage<T>> question) {
		return Mono.defer(() -> {
			RedisAsyncCommands<String, String> commands = link.openCommands();
			return (commands != null) ? Mono.fromCompletionStage(question.apply(commands))
					: Mono.<T>error(new HomeAwayException("redis: not connected", null));
		})
			.timeout(this.properties.timeout())
			.publishOn(Schedulers.parallel())
			.onErrorMap((ex) -> ex instanceof RedisException || ex instanceof TimeoutException,
					(ex) -> new HomeAwayException("redis: no answer", ex));
	}

}
