package dev.pergola.bench.streams;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Agents that speak AG-UI, in a process of their own. Each piece of text is the time it
 * was written at, by a clock that all processes of a machine share.
 */
public final class AgentService {

	/** An agent that says something ten times a second. */
	static final String TALKING = "talking";

	/** An agent that is silent after its first words. */
	static final String SILENT = "silent";

	private static final Duration BEAT = Duration.ofMillis(100);

	private static final Pattern ID = Pattern.compile("\"(threadId|runId)\":\"([^\"]+)\"");

	private AgentService() {
	}

	/** Listens until the process ends. */
	public static void run(int port) {
		HttpServer.create()
			.host("127.0.0.1")
			.port(port)
			.route((routes) -> routes.get("/health", (request, response) -> response.sendString(Mono.just("up")))
				.post("/agents/" + TALKING,
						(request, response) -> answer(request, response,
								Flux.interval(moment(), BEAT).onBackpressureDrop().map((beat) -> content())))
				.post("/agents/" + SILENT,
						(request, response) -> answer(request, response,
								Flux.concat(Mono.just(content()),
										Flux.interval(Duration.ofSeconds(15)).map((beat) -> ": still\n\n")))))
			.bindNow()
			.onDispose()
			.block();
	}

	private static org.reactivestreams.Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response,
			Flux<String> words) {
		return request.receive()
			.aggregate()
			.asString()
			.flatMap(
					(input) -> response.sse()
						.sendString(Flux.concat(Mono.just(event("RUN_STARTED", ids(input))
								+ event("TEXT_MESSAGE_START", "\"messageId\":\"answer\",\"role\":\"assistant\"")),
								words))
						.then());
	}

	/**
	 * Agents do not know of each other: each beats at a moment of its own, however many
	 * were started at once.
	 */
	private static Duration moment() {
		return Duration.ofNanos(ThreadLocalRandom.current().nextLong(BEAT.toNanos()));
	}

	private static String content() {
		return event("TEXT_MESSAGE_CONTENT",
				"\"messageId\":\"answer\",\"delta\":\"at:%d;\"".formatted(System.nanoTime()));
	}

	private static String event(String type, String members) {
		return "id: %s\ndata: {\"type\":\"%s\",%s}\n\n".formatted(UUID.randomUUID(), type, members);
	}

	private static String ids(String input) {
		StringBuilder ids = new StringBuilder("\"protocolVersion\":\"1.1\"");
		Matcher matcher = ID.matcher(input);
		while (matcher.find()) {
			ids.append(',').append(matcher.group());
		}
		return ids.toString();
	}

}
