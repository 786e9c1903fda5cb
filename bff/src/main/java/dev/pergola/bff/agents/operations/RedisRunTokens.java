package dev.pergola.bff.agents.operations;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

import dev.pergola.bff.redis.Rounds;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XAddArgs;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.api.async.RedisAsyncCommands;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * What going runs have spent, told as often as budgets are charged: a node that goes on
 * with a run of another charges the rest only. It changes often and is of no use later,
 * so it has a short stream of its own.
 */
final class RedisRunTokens {

	private static final Logger log = LoggerFactory.getLogger(RedisRunTokens.class);

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private static final TypeReference<Map<String, Tokens>> BY_RUN = new TypeReference<>() {
	};

	/** Those of about a minute, where a few nodes tell of some each round. */
	private static final int MAX_ENTRIES = 2000;

	private static final int MAX_READ = 500;

	private static final int MAX_RUNS = 1000;

	private final Map<String, Tokens> untold = new ConcurrentHashMap<>();

	private final String key;

	private final String node;

	private final Rounds rounds;

	// Of the thread of the rounds.
	private String lastId = "0-0";

	RedisRunTokens(String key, String node, Rounds rounds) {
		this.key = key;
		this.node = node;
		this.rounds = rounds;
	}

	void put(String id, Tokens all) {
		if (all.total() > 0) {
			this.untold.put(id, all);
		}
	}

	/** What it has spent is told otherwise, or by another node. */
	void remove(String id) {
		this.untold.remove(id);
	}

	/** Tells the others; returns whether there is more. */
	boolean write(RedisAsyncCommands<String, String> commands)
			throws ExecutionException, TimeoutException, InterruptedException {
		Map<String, Tokens> news = this.untold.entrySet()
			.stream()
			.limit(MAX_RUNS)
			.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
		if (news.isEmpty()) {
			return false;
		}
		XAddArgs bound = XAddArgs.Builder.maxlen(MAX_ENTRIES).approximateTrimming();
		Map<String, String> fields = Map.of("node", this.node, "tokens", JSON.writeValueAsString(news));
		this.rounds.await(commands.xadd(this.key, bound, fields).toCompletableFuture());
		// What has changed meanwhile is told with the next round.
		news.forEach(this.untold::remove);
		return news.size() == MAX_RUNS;
	}

	/** Hears what others have told; returns whether there is more. */
	@SuppressWarnings("unchecked")
	boolean read(RedisAsyncCommands<String, String> commands, BiConsumer<String, Tokens> listener)
			throws ExecutionException, TimeoutException, InterruptedException {
		List<StreamMessage<String, String>> told = this.rounds
			.await(commands.xread(XReadArgs.Builder.count(MAX_READ), XReadArgs.StreamOffset.from(this.key, this.lastId))
				.toCompletableFuture());
		for (StreamMessage<String, String> message : told) {
			this.lastId = message.getId();
			if (!this.node.equals(message.getBody().get("node"))) {
				byRun(message.getBody().getOrDefault("tokens", "")).forEach(listener);
			}
		}
		return told.size() == MAX_READ;
	}

	private Map<String, Tokens> byRun(String json) {
		try {
			return JSON.readValue(json, BY_RUN);
		}
		catch (JacksonException ex) {
			log.warn("what runs of another node have spent cannot be read: entry={}", this.lastId);
			return Map.of();
		}
	}

}
