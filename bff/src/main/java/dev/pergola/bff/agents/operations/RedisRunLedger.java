package dev.pergola.bff.agents.operations;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

import dev.pergola.bff.agents.RunFacts;
import dev.pergola.bff.redis.RedisLink;
import dev.pergola.bff.redis.Rounds;
import dev.pergola.bff.runlog.RunLogProperties;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XAddArgs;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.XTrimArgs;
import io.lettuce.core.api.async.RedisAsyncCommands;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs of all nodes. Each tells the others by a stream in Redis how its runs are, behind
 * the runs' back, and has in memory what was told: to look costs Redis nothing, and goes
 * on while it is away.
 */
final class RedisRunLedger implements RunLedger, AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(RedisRunLedger.class);

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private static final Duration PERIOD = Duration.ofMillis(250);

	private static final Duration TRIM = Duration.ofMinutes(1);

	/**
	 * Time between two that differ in their tokens alone, of which there may be many; for
	 * nodes that start later, as the others are told by {@link RedisRunTokens}.
	 */
	private static final Duration TOKENS = Duration.ofSeconds(5);

	/** What is told of a run, as a rule. */
	private static final int ENTRIES_PER_RUN = 4;

	private static final int MAX_ENTRIES = 500;

	private static final String START = "0-0";

	private final String node = UUID.randomUUID().toString();

	private final String key;

	private final OperationsProperties properties;

	private final Duration maxDuration;

	private final Clock clock;

	private final InMemoryRunLedger known;

	/** Runs of this node that are going. */
	private final Set<String> own = ConcurrentHashMap.newKeySet();

	private final Map<String, LedgerEntry> untold = new ConcurrentHashMap<>();

	private final RedisLink link;

	private final Rounds rounds;

	private final RedisRunTokens tokens;

	private volatile BiConsumer<String, LedgerEntry.Stop> stops = (id, stop) -> {
	};

	/** What the others know of those that are this node's and going. */
	private final Map<String, Told> told = new ConcurrentHashMap<>();

	// Of the thread of the rounds.
	private String lastId = START;

	private Instant nextTrim = Instant.EPOCH;

	/**
	 * A ledger that knows of other nodes when Redis is found.
	 * @param maxDuration time a run may take; one of another node that has not ended then
	 * went with its node
	 */
	RedisRunLedger(RunLogProperties.Redis redis, OperationsProperties properties, Duration maxDuration, Clock clock) {
		this.key = redis.prefix() + "ledger";
		this.properties = properties;
		this.maxDuration = maxDuration;
		this.clock = clock;
		this.known = new InMemoryRunLedger(properties.maxRuns(), properties.retention(), clock);
		this.link = new RedisLink(String.valueOf(redis.url()), redis.timeout(), MAX_ENTRIES);
		this.rounds = new Rounds("bff-ledger", "ledgers of runs", PERIOD, redis.timeout(), this.link, this::round);
		this.tokens = new RedisRunTokens(this.key + ":tokens", this.node, this.rounds);
		this.rounds.start();
	}

	@Override
	public void save(LedgerEntry run) {
		if (run.state().isOver()) {
			this.own.remove(run.id());
			this.tokens.remove(run.id());
		}
		else {
			this.own.add(run.id());
			this.tokens.put(run.id(), run.tokens());
		}
		this.known.save(run);
		tell(run);
	}

	/** Another node tells of it from now on; what it was so far is known. */
	@Override
	public void forget(String id) {
		this.own.remove(id);
		this.untold.remove(id);
		this.told.remove(id);
		this.tokens.remove(id);
	}

	@Override
	public void stop(String id, LedgerEntry.Stop stop) {
		this.known.stop(id, stop);
		this.known.find(id).filter((run) -> run.stop() == stop).ifPresent(this::tell);
	}

	@Override
	public void onStop(BiConsumer<String, LedgerEntry.Stop> listener) {
		this.stops = listener;
	}

	@Override
	public Optional<LedgerEntry> find(String id) {
		return this.known.find(id);
	}

	@Override
	public Optional<LedgerEntry> findAsking(RunFacts answering) {
		return this.known.findAsking(answering);
	}

	@Override
	public Flux<LedgerEntry> newestFirst() {
		return this.known.newestFirst();
	}

	@Override
	public Mono<Instant> completeFrom() {
		return this.known.completeFrom();
	}

	// While Redis is away no more waits to be told than is remembered.
	private void tell(LedgerEntry run) {
		if (this.untold.size() < this.properties.maxRuns() || this.untold.containsKey(run.id())) {
			this.untold.put(run.id(), run);
		}
	}

	private boolean round(RedisAsyncCommands<String, String> commands)
			throws ExecutionException, TimeoutException, InterruptedException {
		Instant now = this.clock.instant();
		boolean more = write(commands, (run) -> isDue(run, now));
		more |= this.tokens.write(commands);
		boolean behind = read(commands);
		// What a run has spent that is not known yet would be lost.
		more |= behind || this.tokens.read(commands, this::spent);
		if (!now.isBefore(this.nextTrim)) {
			this.nextTrim = now.plus(TRIM);
			trim(commands, now.minus(this.properties.retention()));
			endLost(now);
		}
		return more;
	}

	private boolean isDue(LedgerEntry run, Instant now) {
		Told before = this.told.get(run.id());
		return before == null || !before.at().plus(TOKENS).isAfter(now)
				|| !before.run().spent(run.tokens()).equals(run);
	}

	private boolean write(RedisAsyncCommands<String, String> commands, Predicate<LedgerEntry> which)
			throws ExecutionException, TimeoutException, InterruptedException {
		List<LedgerEntry> news = this.untold.values().stream().filter(which).limit(MAX_ENTRIES).toList();
		XAddArgs bound = XAddArgs.Builder.maxlen((long) ENTRIES_PER_RUN * this.properties.maxRuns())
			.approximateTrimming();
		List<CompletableFuture<String>> answers = new ArrayList<>();
		for (LedgerEntry run : news) {
			Map<String, String> fields = Map.of("node", this.node, "run", JSON.writeValueAsString(run));
			answers.add(commands.xadd(this.key, bound, fields).toCompletableFuture());
		}
		for (CompletableFuture<String> answer : answers) {
			this.rounds.await(answer);
		}
		// What has changed meanwhile is told with the next round.
		Instant now = this.clock.instant();
		for (LedgerEntry run : news) {
			this.untold.remove(run.id(), run);
			this.told.put(run.id(), new Told(run, now));
		}
		this.told.keySet().retainAll(this.own);
		return news.size() == MAX_ENTRIES;
	}

	@SuppressWarnings("unchecked")
	private boolean read(RedisAsyncCommands<String, String> commands)
			throws ExecutionException, TimeoutException, InterruptedException {
		List<StreamMessage<String, String>> told = this.rounds.await(
				commands.xread(XReadArgs.Builder.count(MAX_ENTRIES), XReadArgs.StreamOffset.from(this.key, this.lastId))
					.toCompletableFuture());
		for (StreamMessage<String, String> message : told) {
			if (this.lastId.equals(START)) {
				// Whatever was trimmed is older than this.
				this.known.completeSince(Instant.ofEpochMilli(Long.parseLong(message.getId().split("-")[0])));
			}
			this.lastId = message.getId();
			if (!this.node.equals(message.getBody().get("node"))) {
				read(message.getBody().getOrDefault("run", "")).ifPresent(this::take);
			}
		}
		return told.size() == MAX_ENTRIES;
	}

	private Optional<LedgerEntry> read(String json) {
		try {
			return Optional.of(JSON.readValue(json, LedgerEntry.class));
		}
		catch (JacksonException ex) {
			log.warn("run of another node cannot be read: entry={}", this.lastId);
			return Optional.empty();
		}
	}

	private void take(LedgerEntry run) {
		LedgerEntry.Stop stop = run.stop();
		if (!this.own.contains(run.id())) {
			this.known.take(run);
		}
		else if (stop != null) {
			this.stops.accept(run.id(), stop);
		}
	}

	private void spent(String id, Tokens all) {
		if (!this.own.contains(id)) {
			this.known.spent(id, all);
		}
	}

	private void trim(RedisAsyncCommands<String, String> commands, Instant oldest)
			throws ExecutionException, TimeoutException, InterruptedException {
		XTrimArgs args = XTrimArgs.Builder.minId(Long.toString(oldest.toEpochMilli())).approximateTrimming();
		this.rounds.await(commands.xtrim(this.key, args).toCompletableFuture());
	}

	// Nobody goes on with them: their node was gone before it could tell of their end.
	private void endLost(Instant now) {
		Instant limit = now.minus(this.maxDuration).minus(TRIM);
		this.known.newestFirst()
			.filter((run) -> !run.state().isOver() && run.createdAt().isBefore(limit) && !this.own.contains(run.id()))
			.subscribe((run) -> this.known.take(run.ended(RunState.FAILED, now,
					new LedgerEntry.Failure("NODE_LOST", "Nothing was heard of the end of the run."))));
	}

	/** Tells what is left to tell. */
	@Override
	public void close() {
		this.rounds.close((commands) -> write(commands, (run) -> true));
		this.link.close();
	}

	/** What was told of a run, and when. */
	private record Told(LedgerEntry run, Instant at) {

	}

}
