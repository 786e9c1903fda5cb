package dev.pergola.bff.agents.budgets;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

import dev.pergola.bff.redis.RedisLink;
import dev.pergola.bff.redis.Rounds;
import dev.pergola.bff.runlog.RunLogProperties;
import io.lettuce.core.api.async.RedisAsyncCommands;

/**
 * What all nodes have spent. Redis has a hash for each day, in which every node keeps its
 * own sums: whatever is told twice counts once. While Redis is away a node knows what it
 * has spent itself and what it last heard of the others, and tells the rest later.
 */
final class RedisSpentTokens implements SpentTokens, AutoCloseable {

	private static final Duration PERIOD = Duration.ofMillis(250);

	private static final int MAX_COMMANDS = 100;

	/** A day is over everywhere, and its last runs are told of. */
	private static final Duration LIFE = Duration.ofDays(3);

	private final String node = UUID.randomUUID() + " ";

	private final String prefix;

	private final Clock clock;

	private final RedisLink link;

	private final Rounds rounds;

	private final Map<LocalDate, Day> days = new ConcurrentHashMap<>();

	/** Counts for itself until Redis is found. */
	RedisSpentTokens(RunLogProperties.Redis properties, Clock clock) {
		this.prefix = properties.prefix() + "spent:";
		this.clock = clock;
		this.link = new RedisLink(String.valueOf(properties.url()), properties.timeout(), MAX_COMMANDS);
		this.rounds = new Rounds("bff-spent", "budgets", PERIOD, properties.timeout(), this.link, this::round);
		this.rounds.start();
	}

	@Override
	public void add(String team, LocalDate day, long tokens) {
		day(day).own.computeIfAbsent(team, (name) -> new AtomicLong()).addAndGet(tokens);
	}

	@Override
	public long of(String team, LocalDate day) {
		Day known = day(day);
		AtomicLong own = known.own.get(team);
		return ((own != null) ? own.get() : 0) + known.others.getOrDefault(team, 0L);
	}

	private Day day(LocalDate day) {
		return this.days.computeIfAbsent(day, (date) -> new Day());
	}

	private boolean round(RedisAsyncCommands<String, String> commands)
			throws ExecutionException, TimeoutException, InterruptedException {
		LocalDate today = LocalDate.ofInstant(this.clock.instant(), ZoneOffset.UTC);
		day(today);
		this.days.keySet().removeIf((day) -> day.isBefore(today.minusDays(1)));
		for (Map.Entry<LocalDate, Day> each : this.days.entrySet()) {
			sync(commands, this.prefix + each.getKey(), each.getValue());
		}
		return false;
	}

	private void sync(RedisAsyncCommands<String, String> commands, String key, Day day)
			throws ExecutionException, TimeoutException, InterruptedException {
		Map<String, String> all = this.rounds.await(commands.hgetall(key).toCompletableFuture());
		Map<String, Long> others = new HashMap<>();
		all.forEach((field, tokens) -> {
			if (!field.startsWith(this.node)) {
				others.merge(field.substring(field.indexOf(' ') + 1), Long.parseLong(tokens), Long::sum);
			}
		});
		day.others = others;
		Map<String, String> news = new HashMap<>();
		day.own.forEach((team, tokens) -> {
			String told = tokens.toString();
			if (!told.equals(all.get(this.node + team))) {
				news.put(this.node + team, told);
			}
		});
		if (!news.isEmpty()) {
			day.expires = false;
			this.rounds.await(commands.hset(key, news).toCompletableFuture());
		}
		if (!day.expires && !day.own.isEmpty()) {
			this.rounds.await(commands.expire(key, LIFE).toCompletableFuture());
			day.expires = true;
		}
	}

	/** Tells what is left to tell. */
	@Override
	public void close() {
		this.rounds.close(this::round);
		this.link.close();
	}

	/** Sums of a day by team. */
	private static final class Day {

		private final Map<String, AtomicLong> own = new ConcurrentHashMap<>();

		private volatile Map<String, Long> others = Map.of();

		/**
		 * Whether Redis was heard to forget the day later; of the thread of the rounds.
		 */
		private boolean expires;

	}

}
