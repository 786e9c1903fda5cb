package dev.pergola.bff.runlog;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

import dev.pergola.bff.redis.Rounds;
import dev.pergola.bff.streams.EventId;
import dev.pergola.bff.streams.LogEntry;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.api.async.RedisAsyncCommands;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;

/**
 * Reads runs of other nodes: one question for many of them in each round, and never one
 * that waits for news.
 */
final class RunReader {

	private static final Logger log = LoggerFactory.getLogger(RunReader.class);

	/** Events of one run in one answer. */
	private static final int MAX_EVENTS = 200;

	/** Runs in one question. */
	private static final int MAX_RUNS = 100;

	private static final String START = "0-0";

	private final RunKeys keys;

	private final Map<String, Queue<Place>> places = new ConcurrentHashMap<>();

	RunReader(RunKeys keys) {
		this.keys = keys;
	}

	Disposable follow(RunName name, Follower follower) {
		String key = this.keys.events(name.digest());
		Place place = new Place(follower);
		this.places.compute(key, (same, known) -> {
			Queue<Place> all = (known != null) ? known : new ConcurrentLinkedQueue<>();
			all.add(place);
			return all;
		});
		return () -> this.places.computeIfPresent(key, (same, known) -> {
			known.remove(place);
			return known.isEmpty() ? null : known;
		});
	}

	/**
	 * Reads what is new.
	 * @return whether there is more
	 */
	boolean round(RedisAsyncCommands<String, String> commands, Rounds rounds)
			throws ExecutionException, TimeoutException, InterruptedException {
		boolean more = false;
		List<Asked> all = this.places.entrySet()
			.stream()
			.flatMap((entry) -> entry.getValue().stream().map((place) -> new Asked(entry.getKey(), place)))
			.collect(Collectors.toList());
		while (!all.isEmpty()) {
			// A stream can stand in a question once only.
			Map<String, Place> question = new LinkedHashMap<>();
			List<Asked> later = new ArrayList<>();
			for (Asked asked : all) {
				if (question.size() >= MAX_RUNS || question.putIfAbsent(asked.key(), asked.place()) != null) {
					later.add(asked);
				}
			}
			more |= ask(commands, rounds, question);
			all = later;
		}
		return more;
	}

	@SuppressWarnings("unchecked")
	private static boolean ask(RedisAsyncCommands<String, String> commands, Rounds rounds, Map<String, Place> question)
			throws ExecutionException, TimeoutException, InterruptedException {
		XReadArgs.StreamOffset<String>[] offsets = question.entrySet()
			.stream()
			.map((entry) -> XReadArgs.StreamOffset.from(entry.getKey(), entry.getValue().lastId))
			.toArray(XReadArgs.StreamOffset[]::new);
		List<StreamMessage<String, String>> messages = rounds
			.await(commands.xread(XReadArgs.Builder.count(MAX_EVENTS), offsets).toCompletableFuture());
		boolean more = false;
		Map<String, List<StreamMessage<String, String>>> byStream = messages.stream()
			.collect(Collectors.groupingBy(StreamMessage::getStream));
		for (Map.Entry<String, List<StreamMessage<String, String>>> stream : byStream.entrySet()) {
			Place place = question.get(stream.getKey());
			if (place != null) {
				place.lastId = stream.getValue().getLast().getId();
				hand(place.follower, events(stream.getValue()));
				more |= stream.getValue().size() == MAX_EVENTS;
			}
		}
		return more;
	}

	private static void hand(Follower follower, List<LogEntry<byte[]>> events) {
		try {
			follower.onEvents(events);
		}
		catch (RuntimeException ex) {
			log.error("run cannot be shown", ex);
		}
	}

	/** Events as they are in the log of their writer. */
	static List<LogEntry<byte[]>> events(List<StreamMessage<String, String>> messages) {
		List<LogEntry<byte[]>> events = new ArrayList<>(messages.size());
		for (StreamMessage<String, String> message : messages) {
			String[] id = message.getId().split("-");
			byte[] data = message.getBody().getOrDefault("d", "").getBytes(StandardCharsets.UTF_8);
			events.add(new LogEntry<>(new EventId(Long.parseLong(id[0]), Long.parseLong(id[1])), data, data.length));
		}
		return events;
	}

	private record Asked(String key, Place place) {

	}

	/** How far somebody has read; used by the thread of the rounds. */
	private static final class Place {

		private final Follower follower;

		private String lastId = START;

		Place(Follower follower) {
			this.follower = follower;
		}

	}

}
