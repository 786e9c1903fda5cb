package dev.pergola.bff.agents;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;

import dev.pergola.bff.TestBff;
import dev.pergola.bff.TestRedis;
import dev.pergola.bff.runlog.RunName;
import dev.pergola.bff.streams.LogEntry;
import dev.pergola.bff.streams.SseEvent;
import dev.pergola.manifests.Agent;
import dev.pergola.manifests.AgentFormat;
import dev.pergola.manifests.AgentHttp;
import dev.pergola.manifests.LocalizedText;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Runs of several bffs over one Redis, and what may happen to them. */
class SharedRunsIntegrationTests {

	private static final Duration SOON = Duration.ofSeconds(30);

	private static final String ASKS = "{\"type\":\"RUN_FINISHED\",\"outcome\":{\"type\":\"interrupt\",\"interrupts\":"
			+ "[{\"id\":\"a\",\"reason\":\"tool_call\"}]}}";

	private static final FakeBridge bridge = new FakeBridge();

	private static TestRedis redis;

	private static DisposableServer upstream;

	private static TestBff first;

	private static TestBff second;

	private final String run = RunsContract.name("run");

	private final TestStream atFirst = new TestStream(first.port(), RunsContract.ADA);

	private final TestStream atSecond = new TestStream(second.port(), RunsContract.ADA);

	@BeforeAll
	static void start() throws IOException {
		redis = TestRedis.start();
		upstream = HttpServer.create()
			.host("localhost")
			.port(0)
			.route((routes) -> routes.post("/agents/endless",
					(request, response) -> response.sse()
						.sendString(Flux.just("data: {\"type\":\"TEXT_MESSAGE_START\",\"messageId\":\"m\"}\n\n")
							.concatWith(Flux.never()))))
			.bindNow();
		first = node();
		second = node();
	}

	@AfterAll
	static void stop() throws IOException {
		// First: the bff takes the event loops with it.
		upstream.disposeNow();
		first.close();
		second.close();
		bridge.close();
		redis.close();
	}

	@Test
	void anotherNodeHasExactlyWhatTheWriterHas() {
		Random random = new Random(5);
		bridge.program((id) -> Flux.just("{\"type\":\"TEXT_MESSAGE_START\",\"messageId\":\"m\"}")
			.concatWith(Flux.range(0, 600)
				.map((i) -> (random.nextInt(3) > 0)
						? "{\"type\":\"TEXT_MESSAGE_CONTENT\",\"messageId\":\"m\",\"delta\":\"%d 😀 \"}".formatted(i)
						: "{\"type\":\"CUSTOM\",\"name\":\"n\",\"value\":\"%s\"}"
							.formatted("x".repeat(random.nextInt(900)))))
			.concatWith(
					Flux.just("{\"type\":\"TEXT_MESSAGE_END\",\"messageId\":\"m\"}", "{\"type\":\"RUN_FINISHED\"}")));
		List<SseEvent> live = start(this.atFirst);
		Run written = first.context().getBean(Runs.class).find(name()).orElseThrow();
		Run read = second.context().getBean(RunDirectory.class).find(name()).block(SOON);
		await().until(read::isOver);
		assertThat(entries(read)).isEqualTo(entries(written));
		assertThat(read.endedAt()).isNotNull();
		for (int i = 0; i < 20; i++) {
			String place = live.get(random.nextInt(live.size() - 1)).id();
			assertThat(text(this.atSecond, place)).isEqualTo(text(this.atFirst, place));
		}
	}

	@Test
	void anotherNodeShowsARunAsItGoesAndCanStopIt() {
		Sinks.Many<String> program = Sinks.many().unicast().onBackpressureBuffer();
		bridge.program((id) -> program.asFlux());
		Disposable watching = post(this.atFirst).subscribe();
		await().atMost(SOON).until(() -> status(second).contains("running"));
		List<SseEvent> seen = new CopyOnWriteArrayList<>();
		this.atSecond.get(events(), null).subscribe(seen::add);
		program.tryEmitNext("{\"type\":\"CUSTOM\",\"name\":\"one\",\"value\":1}");
		await().atMost(SOON).until(() -> seen.size() == 2);
		assertThat(TestBff
			.send(second.request("/agents/runs/" + this.run + "/cancel", RunsContract.ADA)
				.POST(HttpRequest.BodyPublishers.noBody())
				.build())
			.statusCode()).isEqualTo(202);
		await().atMost(SOON).until(() -> bridge.cancelled().contains("r-" + name().digest()));
		program.tryEmitNext("{\"type\":\"RUN_FINISHED\",\"outcome\":{\"type\":\"cancelled\"}}");
		await().atMost(SOON).until(() -> TestStream.types(seen).contains("RUN_FINISHED"));
		await().atMost(SOON).until(() -> status(second).contains("cancelled"));
		watching.dispose();
	}

	@Test
	void theSameRunIsStartedOnceWhicheverNodeIsAsked() {
		bridge.program((id) -> RunsContract.words(5));
		int starts = bridge.starts();
		List<SseEvent> one = start(this.atFirst);
		assertThat(start(this.atSecond)).isEqualTo(one);
		assertThat(bridge.starts() - starts).isEqualTo(1);
		HttpResponse<String> other = TestBff.send(second.request("/agents/deals/scout/runs", RunsContract.ADA)
			.POST(HttpRequest.BodyPublishers.ofString(RunsContract.body(this.run, "another", "")))
			.build());
		assertThat(other.statusCode()).isEqualTo(409);
	}

	@Test
	void aThreadIsAnsweredOnceAlthoughTwoNodesAreAsked() {
		String thread = RunsContract.name("thread");
		bridge.program((id) -> Flux.just(ASKS));
		this.atFirst.post("/agents/deals/scout/runs", RunsContract.body(this.run, thread, "")).blockLast(SOON);
		await().atMost(SOON)
			.until(() -> second.get("/agents/threads/" + thread, RunsContract.ADA).body().contains("\"id\":\"a\""));
		bridge.program((id) -> Flux.just("{\"type\":\"RUN_FINISHED\"}"));
		String answer = ",\"resume\":[{\"interruptId\":\"a\",\"status\":\"resolved\"}]";
		List<Integer> statuses = Stream.of(first, second)
			.parallel()
			.map((bff) -> TestBff
				.send(bff.request("/agents/deals/scout/runs", RunsContract.ADA)
					.POST(HttpRequest.BodyPublishers
						.ofString(RunsContract.body(RunsContract.name("run"), thread, answer)))
					.build())
				.statusCode())
			.sorted()
			.toList();
		assertThat(statuses.getFirst()).isEqualTo(200);
		assertThat(statuses.getLast()).isIn(409, 422);
	}

	@Test
	void aQuestionWhoseRunIsForgottenHoldsUpNoOtherRun() {
		bridge.program((id) -> Flux.just(ASKS));
		start(this.atFirst);
		await().atMost(SOON).until(() -> status(second).contains("finished"));
		with((commands) -> commands.del("pergola:run:" + name().digest()));
		bridge.program((id) -> Flux.just("{\"type\":\"RUN_FINISHED\"}"));
		HttpResponse<String> next = TestBff.send(second.request("/agents/deals/scout/runs", RunsContract.ADA)
			.POST(HttpRequest.BodyPublishers
				.ofString(RunsContract.body(RunsContract.name("run"), "thread-" + this.run, "")))
			.build());
		assertThat(next.statusCode()).as(next.body()).isEqualTo(200);
	}

	@Test
	void anotherNodeCancelsARunThatWaits() {
		bridge.program((id) -> Flux.just(ASKS));
		start(this.atFirst);
		await().atMost(SOON).until(() -> status(second).contains("finished"));
		assertThat(TestBff
			.send(second.request("/agents/runs/" + this.run + "/cancel", RunsContract.ADA)
				.POST(HttpRequest.BodyPublishers.noBody())
				.build())
			.statusCode()).isEqualTo(202);
		await().atMost(SOON).until(() -> bridge.cancelled().contains("r-" + name().digest()));
		String answer = ",\"resume\":[{\"interruptId\":\"a\",\"status\":\"resolved\"}]";
		for (TestBff node : List.of(first, second)) {
			HttpResponse<String> late = TestBff.send(node.request("/agents/deals/scout/runs", RunsContract.ADA)
				.POST(HttpRequest.BodyPublishers
					.ofString(RunsContract.body(RunsContract.name("run"), "thread-" + this.run, answer)))
				.build());
			assertThat(late.statusCode()).as(late.body()).isEqualTo(422);
			assertThat(late.body()).contains("/problems/interrupt-expired");
		}
	}

	@Test
	void aRunOfTheBridgeGoesOnWhenItsNodeIsKilled() throws IOException {
		int pieces = 400;
		Sinks.Many<String> program = Sinks.many().unicast().onBackpressureBuffer();
		bridge.program((id) -> program.asFlux());
		TestReader reader = new TestReader();
		try (NodeProcess node = NodeProcess.start(address(), settings())) {
			TestStream there = new TestStream(node.port(), RunsContract.ADA);
			there.post("/agents/deals/endless/runs", RunsContract.body(this.run + "-http", "t", ""))
				.take(2)
				.blockLast(SOON);
			program.tryEmitNext("{\"type\":\"TEXT_MESSAGE_START\",\"messageId\":\"m\"}");
			there.post("/agents/deals/scout/runs", RunsContract.body(this.run, "t2", "")).doOnNext((event) -> {
				reader.take(event);
				int next = reader.types().size();
				if (next < pieces / 2) {
					program.tryEmitNext(piece(next));
				}
				else {
					node.kill();
				}
			}).onErrorComplete().blockLast(SOON);
		}
		assertThat(reader.isOver()).isFalse();
		for (int i = pieces / 2; i < pieces; i++) {
			program.tryEmitNext(piece(i));
		}
		program.tryEmitNext("{\"type\":\"TEXT_MESSAGE_END\",\"messageId\":\"m\"}");
		program.tryEmitNext("{\"type\":\"RUN_FINISHED\"}");
		await().atMost(SOON).until(() -> status(first).contains("finished") || status(second).contains("finished"));
		this.atSecond.get(events(), reader.lastEventId()).doOnNext(reader::take).blockLast(SOON);
		assertThat(reader.isOver()).isTrue();
		StringBuilder whole = new StringBuilder();
		for (int i = 1; i < pieces; i++) {
			whole.append("w").append(i).append(' ');
		}
		assertThat(reader.text()).isEqualTo(whole.toString());
		String http = "/agents/runs/" + this.run + "-http";
		await().atMost(SOON).until(() -> second.get(http, RunsContract.ADA).body().contains("failed"));
		assertThat(second.get(http + "/events", RunsContract.ADA).body()).contains("RUN_ERROR", "NODE_LOST");
	}

	@Test
	@Tag("S4")
	@Tag("S5")
	@Tag("S12")
	void aNodeThatStopsInOrderHandsItsViewersAndItsRunsOver() throws Exception {
		Sinks.Many<String> program = Sinks.many().unicast().onBackpressureBuffer();
		bridge.program((id) -> program.asFlux());
		List<SseEvent> posted = new CopyOnWriteArrayList<>();
		List<SseEvent> followed = new CopyOnWriteArrayList<>();
		Sinks.Empty<Void> cut = Sinks.empty();
		Sinks.Empty<Void> handedOver = Sinks.empty();
		try (NodeProcess node = NodeProcess.start(address(), settings())) {
			TestStream there = new TestStream(node.port(), RunsContract.ADA);
			post(there).doOnError((ex) -> cut.tryEmitEmpty()).onErrorComplete().subscribe(posted::add);
			program.tryEmitNext("{\"type\":\"CUSTOM\",\"name\":\"one\",\"value\":1}");
			await().atMost(SOON).until(() -> posted.size() == 2);
			there.get(events(), null).doOnComplete(handedOver::tryEmitEmpty).subscribe(followed::add);
			await().atMost(SOON).until(() -> followed.size() == 2);
			Duration took = node.stop();
			assertThat(took).as("open streams hold nobody up").isLessThan(Duration.ofSeconds(20));
			cut.asMono().block(SOON);
			handedOver.asMono().block(SOON);
		}
		program.tryEmitNext("{\"type\":\"CUSTOM\",\"name\":\"two\",\"value\":2}");
		program.tryEmitNext("{\"type\":\"RUN_FINISHED\"}");
		await().atMost(SOON).until(() -> status(first).contains("finished"));
		List<SseEvent> all = new ArrayList<>(posted);
		all.addAll(this.atFirst.get(events(), posted.getLast().id()).collectList().block(SOON));
		assertThat(TestStream.types(all)).containsExactly("RUN_STARTED", "CUSTOM", "CUSTOM", "RUN_FINISHED");
	}

	@Test
	void aRedisThatHangsDisturbsNoViewerAndHasEverythingLater() {
		Sinks.Many<String> program = Sinks.many().unicast().onBackpressureBuffer();
		bridge.program((id) -> program.asFlux());
		List<SseEvent> seen = new CopyOnWriteArrayList<>();
		post(this.atFirst).subscribe(seen::add);
		await().atMost(SOON).until(() -> status(second).contains("running"));
		redis.freeze();
		try {
			for (int i = 0; i < 50; i++) {
				program.tryEmitNext("{\"type\":\"CUSTOM\",\"name\":\"n\",\"value\":" + i + "}");
			}
			await().atMost(Duration.ofSeconds(5)).until(() -> seen.size() == 51);
			HttpResponse<String> away = second.get(events(), RunsContract.ADA);
			assertThat(away.statusCode()).as("a browser that comes back").isEqualTo(200);
			assertThat(away.body()).contains("retry: ").doesNotContain("data:");
			HttpResponse<String> refused = TestBff.send(second.request("/agents/deals/endless/runs", RunsContract.ADA)
				.POST(HttpRequest.BodyPublishers.ofString(RunsContract.body(this.run + "-http", "t", "")))
				.build());
			assertThat(refused.statusCode()).as("what might be started twice").isEqualTo(503);
			assertThat(refused.body()).contains("/problems/runs-unavailable");
		}
		finally {
			redis.thaw();
		}
		program.tryEmitNext("{\"type\":\"RUN_FINISHED\"}");
		await().atMost(SOON).until(() -> status(second).contains("finished"));
		assertThat(this.atSecond.get(events(), null).collectList().block(SOON)).isEqualTo(seen);
	}

	@Test
	void aRunWhoseClaimIsHeardTooLateIsTheSameEverywhere() {
		Sinks.Many<String> program = Sinks.many().unicast().onBackpressureBuffer();
		bridge.program((id) -> program.asFlux());
		List<SseEvent> seen = new CopyOnWriteArrayList<>();
		Sinks.Empty<Void> whole = Sinks.empty();
		with((commands) -> commands.dispatch(CommandType.CLIENT, new StatusOutput<>(StringCodec.UTF8),
				new CommandArgs<>(StringCodec.UTF8).add("PAUSE").add(2500).add("WRITE")));
		post(this.atFirst).doOnComplete(whole::tryEmitEmpty).subscribe(seen::add);
		await().atMost(SOON).until(() -> !seen.isEmpty());
		with((commands) -> commands.set("after-the-pause", "1"));
		await().atMost(SOON).until(() -> status(second).contains("running"));
		program.tryEmitNext("{\"type\":\"RUN_FINISHED\"}");
		whole.asMono().block(SOON);
		await().atMost(SOON).until(() -> status(second).contains("finished"));
		assertThat(this.atSecond.get(events(), null).collectList().block(SOON)).isEqualTo(seen);
	}

	@Test
	void aRedisThatStartsAnewIsToldEverythingAgain() {
		Sinks.Many<String> program = Sinks.many().unicast().onBackpressureBuffer();
		bridge.program((id) -> program.asFlux());
		List<SseEvent> seen = new CopyOnWriteArrayList<>();
		post(this.atFirst).subscribe(seen::add);
		program.tryEmitNext("{\"type\":\"CUSTOM\",\"name\":\"n\",\"value\":1}");
		await().atMost(SOON).until(() -> seen.size() == 2);
		with((commands) -> commands.flushall());
		program.tryEmitNext("{\"type\":\"RUN_FINISHED\"}");
		await().atMost(SOON).until(() -> status(second).contains("finished"));
		assertThat(this.atSecond.get(events(), null).collectList().block(SOON)).isEqualTo(seen);
	}

	@Test
	void aRunThatRedisHasForgottenIsWrittenAgainAlthoughItIsSilent() {
		bridge.program((id) -> Flux.never());
		Disposable watching = post(this.atFirst).subscribe();
		await().atMost(SOON).until(() -> status(second).contains("running"));
		with((commands) -> commands.del("pergola:run:" + name().digest()));
		await().atMost(SOON).until(() -> status(second).contains("running"));
		watching.dispose();
	}

	@Test
	void aLogThatWasTrimmedIsWrittenAgainByWhoHasIt() {
		bridge.program((id) -> RunsContract.words(30));
		List<SseEvent> seen = start(this.atFirst);
		await().atMost(SOON).until(() -> status(second).contains("finished"));
		with((commands) -> commands.xtrim("pergola:run:" + name().digest() + ":events", 3));
		assertThat(this.atSecond.get(events(), seen.get(5).id()).collectList().block(SOON))
			.isEqualTo(seen.subList(6, seen.size()));
	}

	@Test
	void aWriterThatWasReplacedWritesNothingMore() {
		Sinks.Many<String> program = Sinks.many().unicast().onBackpressureBuffer();
		bridge.program((id) -> program.asFlux());
		Sinks.Empty<Void> cut = Sinks.empty();
		post(this.atFirst).doOnError((ex) -> cut.tryEmitEmpty()).onErrorComplete().subscribe();
		await().atMost(SOON).until(() -> status(second).contains("running"));
		String key = "pergola:run:" + name().digest();
		with((commands) -> commands.hincrby(key, "epoch", 1));
		program.tryEmitNext("{\"type\":\"CUSTOM\",\"name\":\"late\",\"value\":1}");
		cut.asMono().block(SOON);
		assertThat(first.context().getBean(Runs.class).find(name())).isEmpty();
		with((commands) -> assertThat(commands.xlen(key + ":events")).isEqualTo(1));
		with((commands) -> commands.hdel("pergola:run:going", name().digest()));
	}

	private RunName name() {
		return new RunName("https://id.example|ada", this.run);
	}

	private String events() {
		return "/agents/runs/" + this.run + "/events";
	}

	private String status(TestBff bff) {
		return bff.get("/agents/runs/" + this.run, RunsContract.ADA).body();
	}

	private Flux<SseEvent> post(TestStream node) {
		return node.post("/agents/deals/scout/runs", RunsContract.body(this.run, "thread-" + this.run, ""));
	}

	private List<SseEvent> start(TestStream node) {
		return post(node).collectList().block(SOON);
	}

	private String text(TestStream node, String place) {
		TestReader reader = new TestReader();
		node.get(events(), place).doOnNext(reader::take).blockLast(SOON);
		return reader.text();
	}

	private static List<String> entries(Run run) {
		return run.log()
			.slice(0, Integer.MAX_VALUE, Long.MAX_VALUE)
			.stream()
			.map(SharedRunsIntegrationTests::entry)
			.toList();
	}

	private static String entry(LogEntry<byte[]> entry) {
		return entry.id() + " " + new String(entry.value(), StandardCharsets.UTF_8);
	}

	private static String piece(int number) {
		return "{\"type\":\"TEXT_MESSAGE_CONTENT\",\"messageId\":\"m\",\"delta\":\"w%d \"}".formatted(number);
	}

	static Agent http() {
		return new Agent("endless", LocalizedText.NONE, null, new AgentHttp("/agents/endless", AgentFormat.AG_UI),
				List.of("deals:agent"));
	}

	private static void with(Consumer<RedisCommands<String, String>> work) {
		RedisClient client = RedisClient.create(redis.url());
		try (var connection = client.connect()) {
			work.accept(connection.sync());
		}
		finally {
			client.shutdown();
		}
	}

	private static String address() {
		return "http://localhost:" + upstream.port();
	}

	private static List<String> settings() {
		return List.of("pergola.bff.bridge-url=" + bridge.url(), "pergola.bff.bridge-token=bridge-token",
				"pergola.bff.agents.max-runs-per-person=50", "pergola.bff.agents.store=redis",
				"pergola.bff.agents.redis.url=" + redis.url(), "pergola.bff.agents.redis.lease=2s",
				"pergola.bff.streams.max-per-person=100");
	}

	private static TestBff node() {
		TestBff bff = TestBff.start(settings().toArray(String[]::new));
		bff.publish(NodeProcess.catalog(address()));
		return bff;
	}

}
