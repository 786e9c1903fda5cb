package dev.pergola.bff.agents;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import dev.pergola.bff.RawUpstream;
import dev.pergola.bff.TestBff;
import dev.pergola.bff.TestCatalog;
import dev.pergola.bff.agui.AgUiChecker;
import dev.pergola.bff.agui.AgUiEvents;
import dev.pergola.bff.formats.Recorded;
import dev.pergola.bff.streams.SseEvent;
import dev.pergola.bff.streams.SseParser;
import dev.pergola.manifests.Agent;
import dev.pergola.manifests.AgentFormat;
import dev.pergola.manifests.AgentHttp;
import dev.pergola.manifests.LocalizedText;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.test.StepVerifier;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Agents over HTTP that behave, and many that do not. */
class HttpAgentsIntegrationTests {

	private static final AtomicInteger runs = new AtomicInteger();

	private static final String ADA = TestBff.token("ada");

	private static final Duration HEARTBEAT = Duration.ofMillis(600);

	/** What each path answers with. */
	private static final Map<String, Answer> answers = new ConcurrentHashMap<>();

	private static final List<String> asked = new CopyOnWriteArrayList<>();

	private static DisposableServer upstream;

	private static RawUpstream rude;

	private static TestBff bff;

	private final TestStream ada = new TestStream(bff, ADA);

	private final String runId = "http-" + runs.incrementAndGet();

	@BeforeAll
	static void start() throws Exception {
		upstream = HttpServer.create().host("localhost").port(0).handle(HttpAgentsIntegrationTests::answer).bindNow();
		// Without a length, as HTTP/1.0 ends answers.
		rude = new RawUpstream((head, out) -> {
			out.write(("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"
					+ "data: Hello\n\ndata: world\n\n")
				.getBytes(StandardCharsets.UTF_8));
			out.flush();
			return false;
		});
		bff = TestBff.start("pergola.bff.agents.reconnect-wait=10ms", "pergola.bff.agents.reconnects=3",
				"pergola.bff.agents.raw=true", "pergola.bff.agents.max-events=200",
				"pergola.bff.agents.max-runs-per-person=1000", "pergola.bff.agents.cancel-budget=2s",
				"pergola.bff.streams.max-per-person=1000");
		List<Agent> agents = new ArrayList<>();
		for (Recorded recorded : Recorded.values()) {
			agents.add(agent(recorded.name(), recorded.agent("/" + recorded.name(), false)));
		}
		agents.add(agent("again", new AgentHttp("/again", AgentFormat.AG_UI, null, null, true, null)));
		agents.add(agent("quiet", new AgentHttp("/quiet", AgentFormat.AG_UI, null, null, null, HEARTBEAT)));
		agents.add(agent("task", new AgentHttp("/task", AgentFormat.A2A, null, null, true, null)));
		bff.publish(TestCatalog.module("house", "http://localhost:" + upstream.port(), null, List.of(), agents),
				TestCatalog.module("rude", "http://localhost:" + rude.port(), null, List.of(), agents),
				TestCatalog.module("inside", "http://10.1.2.3:1", null, List.of(), agents));
	}

	@AfterAll
	static void stop() {
		// A bff that ends takes the event loops of this JVM along.
		upstream.disposeNow();
		rude.close();
		bff.close();
	}

	@ParameterizedTest
	@EnumSource
	@Tag("S3")
	void makesARunOfEveryFormat(Recorded recorded) {
		answers.put("/" + recorded.name(), stream(recorded.stream()));
		HttpResponse<String> response = TestBff.send(bff.request(path("house", recorded.name()), ADA)
			.POST(HttpRequest.BodyPublishers.ofString(body()))
			.build());
		for (String frame : response.body().split("\n\n")) {
			assertThat(frame).matches("id: \\S+\ndata: \\{.*}|:.*|retry: \\d+").doesNotContain("\r", "\uFEFF");
		}
		List<ObjectNode> events = events(response.body());
		assertThat(AgUiEvents.type(events.getLast())).isEqualTo("RUN_FINISHED");
		boolean ofVendor = recorded != Recorded.AG_UI && recorded != Recorded.TEXT;
		assertThat(events).filteredOn((event) -> AgUiEvents.type(event).equals("RAW"))
			.hasSizeGreaterThanOrEqualTo(ofVendor ? 3 : 0);
		events.removeIf((event) -> AgUiEvents.type(event).equals("RAW"));
		AgUiChecker.check(events);
	}

	@ParameterizedTest
	@EnumSource
	@Tag("S11")
	void tellsOfEveryCutAsAnError(Recorded recorded) {
		byte[] whole = recorded.bytes();
		Random random = new Random(recorded.ordinal());
		for (int i = 0; i < 8; i++) {
			int cut = random.nextInt(whole.length - 1);
			answers.put("/" + recorded.name(), cut(Arrays.copyOf(whole, cut)));
			List<SseEvent> events = post("house", recorded.name(), this.runId + "-" + i);
			assertThat(events.getLast().data()).as("cut at %d", cut).contains("RUN_ERROR", "UPSTREAM_TRUNCATED");
		}
	}

	@Test
	@Tag("S11")
	void doesNotTakeTheEndOfAConnectionForTheEndOfAText() {
		List<SseEvent> events = post("rude", "TEXT", this.runId);
		assertThat(events.getLast().data()).contains("RUN_ERROR", "UPSTREAM_TRUNCATED");
	}

	@ParameterizedTest
	@CsvSource({ "401, AGENT_REFUSED", "403, AGENT_REFUSED", "404, AGENT_UNKNOWN", "409, RUN_CONFLICT",
			"429, AGENT_BUSY", "500, AGENT_FAILED", "503, AGENT_UNAVAILABLE", "302, AGENT_FAILED",
			"204, UPSTREAM_TRUNCATED" })
	@Tag("S11")
	void saysWhatAStatusMeansAndNotWhatStandsInTheBody(int status, String code) {
		answers.put("/CHAT",
				(request, response) -> response.status(status)
					.header("Content-Type", "application/problem+json")
					.header("Location", "/elsewhere")
					.sendString(Mono.just((status == 204) ? "" : "{\"detail\":\"sk-secret\"}")));
		List<SseEvent> events = post("house", "CHAT", this.runId);
		assertThat(TestStream.types(events)).containsExactly("RUN_STARTED", "RUN_ERROR");
		assertThat(events.getLast().data()).contains("\"code\":\"" + code + "\"").doesNotContain("sk-secret");
	}

	@Test
	@Tag("S11")
	void doesNotReadWhatIsNoStream() {
		answers.put("/CHAT", (request, response) -> response.header("Content-Type", "text/html")
			.sendString(Mono.just("data: [DONE]\n\n")));
		assertThat(post("house", "CHAT", this.runId).getLast().data()).contains("AGENT_PROTOCOL");
	}

	@Test
	void goesToNoAddressThatIsNotAllowed() {
		assertThat(post("inside", "CHAT", this.runId).getLast().data()).contains("ADDRESS_REFUSED");
	}

	@Test
	void bringsThePersonsAccessTokenAndNoCookie() {
		answers.put("/ANTHROPIC", stream(Recorded.ANTHROPIC.stream()));
		post("house", "ANTHROPIC", this.runId);
		assertThat(asked.getLast()).contains("authorization: Bearer " + ADA, "accept: text/event-stream",
				"anthropic-version: 2023-06-01", "content-type: application/json", "traceparent: 00-");
		assertThat(asked.getLast()).doesNotContain("cookie");
	}

	@Test
	@Tag("S10")
	void waitsForTwiceTheHeartbeatAndNotForAnAnswer() {
		answers.put("/quiet", (request, response) -> response.sse().sendString(Flux.never()));
		Instant start = Instant.now();
		assertThat(post("house", "quiet", this.runId).getLast().data()).contains("RUN_ERROR", "UPSTREAM_SILENT");
		assertThat(Duration.between(start, Instant.now())).isGreaterThanOrEqualTo(HEARTBEAT.multipliedBy(2));
		answers.put("/quiet",
				(request, response) -> response.sse()
					.sendString(Flux.interval(HEARTBEAT.dividedBy(2))
						.take(6)
						.map((tick) -> ": still here\n\n")
						.concatWithValues("data: {\"type\":\"RUN_FINISHED\"}\n\n")));
		start = Instant.now();
		assertThat(post("house", "quiet", this.runId + "-b").getLast().data()).contains("RUN_FINISHED");
		assertThat(Duration.between(start, Instant.now())).isGreaterThan(HEARTBEAT.multipliedBy(2));
	}

	@Test
	@Tag("S10")
	void freesTheUpstreamWithinASecondAndHasAPoolOfItsOwn() {
		Sinks.Empty<Void> freed = Sinks.empty();
		answers.put("/AG_UI",
				(request, response) -> response.sse()
					.sendString(Flux.just("data: {\"type\":\"TEXT_MESSAGE_START\",\"messageId\":\"m\"}\n\n")
						.concatWith(Flux.never())
						.doOnCancel(freed::tryEmitEmpty)));
		List<Double> connections = new ArrayList<>();
		List<SseEvent> events = this.ada.post(path("house", "AG_UI"), body())
			.publishOn(Schedulers.boundedElastic())
			.doOnNext((event) -> {
				if (event.data().contains("TEXT_MESSAGE_START")) {
					connections.addAll(List.of(active("streams"), active("calls")));
					cancel();
				}
			})
			.collectList()
			.block();
		StepVerifier.create(freed.asMono()).expectComplete().verify(Duration.ofSeconds(1));
		assertThat(TestStream.types(events)).containsExactly("RUN_STARTED", "TEXT_MESSAGE_START", "TEXT_MESSAGE_END",
				"RUN_FINISHED");
		assertThat(connections.getFirst()).isPositive();
		assertThat(connections.getLast()).isZero();
	}

	@Test
	@Tag("S10")
	void readsEventsUpToTheirSizeAndRefusesLargerOnes() {
		String most = "a".repeat(900_000);
		answers.put("/AG_UI", stream("data: {\"type\":\"CUSTOM\",\"name\":\"x\",\"value\":\"" + most
				+ "\"}\n\ndata: {\"type\":\"RUN_FINISHED\"}\n\n"));
		assertThat(TestStream.types(post("house", "AG_UI", this.runId))).containsExactly("RUN_STARTED", "CUSTOM",
				"RUN_FINISHED");
		answers.put("/AG_UI",
				stream("data: {\"type\":\"CUSTOM\",\"name\":\"x\",\"value\":\"" + most + most + "\"}\n\n"));
		assertThat(post("house", "AG_UI", this.runId + "-b").getLast().data()).contains("EVENT_TOO_LARGE");
		// Each of these characters takes six in JSON.
		answers.put("/TEXT", stream("data:" + "\u0001".repeat(900_000) + "\n\n"));
		assertThat(post("house", "TEXT", this.runId + "-c").getLast().data()).contains("EVENT_TOO_LARGE");
	}

	@Test
	void goesOnWithACutStreamOfAnAgentThatCanBeResumed() {
		List<String> told = Stream
			.concat(Stream.iterate(0, (i) -> i + 1)
				.limit(30)
				.map((i) -> "{\"type\":\"CUSTOM\",\"name\":\"n\",\"value\":" + i + "}"),
					Stream.of("{\"type\":\"RUN_FINISHED\"}"))
			.toList();
		answers.put("/again", (request, response) -> {
			String cursor = request.requestHeaders().get("Last-Event-ID", "-1");
			int next = Integer.parseInt(cursor) + 1;
			StringBuilder frames = new StringBuilder();
			for (int i = next; i < Math.min(next + 7, told.size()); i++) {
				frames.append("id: ").append(i).append("\ndata: ").append(told.get(i)).append("\n\n");
			}
			return cut((frames + "id: half\ndata: {\"type").getBytes(StandardCharsets.UTF_8)).to(request, response);
		});
		int before = asked.size();
		List<SseEvent> events = post("house", "again", this.runId);
		assertThat(events).hasSize(told.size() + 1);
		for (int i = 0; i < 30; i++) {
			assertThat(events.get(i + 1).data()).contains("\"value\":" + i + "}");
		}
		assertThat(events.getLast().data()).contains("RUN_FINISHED");
		List<String> requests = asked.subList(before, asked.size());
		assertThat(requests).hasSize(5);
		assertThat(requests.getFirst()).startsWith("POST /again\n");
		assertThat(requests.subList(1, 5)).allSatisfy((head) -> assertThat(head).startsWith("GET /again?runId=r-")
			.contains("authorization: Bearer " + ADA, "last-event-id: "));
	}

	@Test
	@Tag("S11")
	void givesUpAnAgentThatIsCutAgainAndAgain() {
		answers.put("/again", cut("".getBytes(StandardCharsets.UTF_8)));
		int before = asked.size();
		assertThat(post("house", "again", this.runId).getLast().data()).contains("UPSTREAM_TRUNCATED");
		// It may be told to stop by now, too.
		assertThat(asked.subList(before, asked.size()).stream().filter((head) -> !head.contains("/cancel"))).hasSize(4);
	}

	@Test
	void saysHowLongARequestIsForServersThatKnowNoChunks() {
		List<String> lengths = new CopyOnWriteArrayList<>();
		answers.put("/" + Recorded.AG_UI.name(), (request, response) -> {
			lengths.add(request.requestHeaders().get("Content-Length", "none"));
			return stream(Recorded.AG_UI.stream()).to(request, response);
		});
		post("house", Recorded.AG_UI.name(), this.runId);
		assertThat(lengths).singleElement().asString().matches("[1-9][0-9]*");
	}

	@Test
	@Tag("S10")
	void tellsAnAgentThatGoesOnWithoutItsConnectionToStop() {
		answers.put("/task", (request, response) -> request.receive().aggregate().asString().flatMapMany((body) -> {
			asked.add(body);
			return body.contains("CancelTask") ? response.sendString(Mono.just("{}")) : response.sse()
				.sendString(Flux.just("data: {\"result\":{\"task\":{\"id\":\"task-9\",\"status\":{\"state\":"
						+ "\"TASK_STATE_WORKING\",\"message\":{\"messageId\":\"m\",\"parts\":[{\"text\":\"Hm.\"}]}}}}}\n\n")
					.concatWith(Flux.never()));
		}));
		List<SseEvent> events = this.ada.post(path("house", "task"), body())
			.publishOn(Schedulers.boundedElastic())
			.doOnNext((event) -> {
				if (event.data().contains("TEXT_MESSAGE_END")) {
					cancel();
				}
			})
			.collectList()
			.block();
		assertThat(events.getLast().data()).contains("\"outcome\":{\"type\":\"cancelled\"}");
		assertThat(asked).anyMatch((body) -> body.contains("\"method\":\"CancelTask\",\"params\":{\"id\":\"task-9\"}"));
	}

	@Test
	void tellsAnAgentToStopWhoseRunGrewTooLarge() {
		Sinks.One<String> stopped = Sinks.one();
		String more = "data: {\"result\":{\"artifactUpdate\":{\"taskId\":\"task-8\",\"append\":true,"
				+ "\"artifact\":{\"artifactId\":\"a\",\"parts\":[{\"text\":\"more\"}]}}}}\n\n";
		answers.put("/task", (request, response) -> request.receive().aggregate().asString().flatMapMany((body) -> {
			if (body.contains("CancelTask")) {
				stopped.tryEmitValue(body);
				return response.sendString(Mono.just("{}"));
			}
			return response.sse().sendString(Flux.just(more.repeat(300)).concatWith(Flux.never()));
		}));
		assertThat(post("house", "task", this.runId).getLast().data()).contains("RUN_TOO_LARGE");
		StepVerifier.create(stopped.asMono())
			.assertNext((body) -> assertThat(body).contains("\"id\":\"task-8\""))
			.expectComplete()
			.verify(Duration.ofSeconds(10));
	}

	@Test
	void tellsAnAgentToStopAgainUntilItHears() {
		AtomicInteger tries = new AtomicInteger();
		Sinks.Empty<Void> heard = Sinks.empty();
		String more = "data: {\"result\":{\"artifactUpdate\":{\"taskId\":\"task-7\",\"append\":true,"
				+ "\"artifact\":{\"artifactId\":\"a\",\"parts\":[{\"text\":\"more\"}]}}}}\n\n";
		answers.put("/task", (request, response) -> request.receive().aggregate().asString().flatMapMany((body) -> {
			if (!body.contains("CancelTask")) {
				return response.sse().sendString(Flux.just(more.repeat(300)).concatWith(Flux.never()));
			}
			if (tries.incrementAndGet() < 3) {
				return response.status(503).send();
			}
			heard.tryEmitEmpty();
			return response.sendString(Mono.just("{}"));
		}));
		assertThat(post("house", "task", this.runId).getLast().data()).contains("RUN_TOO_LARGE");
		StepVerifier.create(heard.asMono()).expectComplete().verify(Duration.ofSeconds(10));
	}

	@Test
	void keepsAnAnswerApartFromOneOfTheSameNameBefore() {
		String frames = Stream.of("TEXT_MESSAGE_START\",\"messageId\":\"1\"",
				"TEXT_MESSAGE_CONTENT\",\"messageId\":\"1\",\"delta\":\"Hm\"", "TEXT_MESSAGE_END\",\"messageId\":\"1\"",
				"TOOL_CALL_START\",\"toolCallId\":\"1\",\"toolCallName\":\"find\",\"parentMessageId\":\"1\"",
				"TOOL_CALL_END\",\"toolCallId\":\"1\"", "TEXT_MESSAGE_START\",\"messageId\":\"2\"",
				"TEXT_MESSAGE_END\",\"messageId\":\"2\"", "RUN_FINISHED\"")
			.map((event) -> "data: {\"type\":\"" + event + "}\n\n")
			.reduce("", String::concat);
		answers.put("/AG_UI", stream(frames));
		String own = this.runId + "-1";
		assertThat(post("house", "AG_UI", this.runId)).extracting(SseEvent::data)
			.filteredOn((event) -> event.contains("\"messageId\"") || event.contains("toolCallId"))
			.satisfiesExactly((event) -> assertThat(event).contains("\"messageId\":\"" + own + "\""),
					(event) -> assertThat(event).contains("\"messageId\":\"" + own + "\""),
					(event) -> assertThat(event).contains("\"messageId\":\"" + own + "\""),
					(event) -> assertThat(event).contains("\"toolCallId\":\"1\"",
							"\"parentMessageId\":\"" + own + "\""),
					(event) -> assertThat(event).contains("\"toolCallId\":\"1\""),
					(event) -> assertThat(event).contains("\"messageId\":\"2\""),
					(event) -> assertThat(event).contains("\"messageId\":\"2\""));
	}

	@Test
	void anA2aAgentIsAskedAgainInItsOwnConversation() {
		answers.put("/A2A", (request, response) -> request.receive().aggregate().asString().flatMapMany((body) -> {
			asked.add(body);
			return stream(Recorded.A2A.stream()).to(request, response);
		}));
		String first = body().replace("\"thread\"", "\"thread-" + this.runId + "\"");
		this.ada.post(path("house", "A2A"), first).blockLast();
		assertThat(asked.getLast()).doesNotContain("contextId");
		this.ada.post(path("house", "A2A"), first.replace("\"" + this.runId + "\"", "\"" + this.runId + "-b\""))
			.blockLast();
		assertThat(asked.getLast()).contains("\"contextId\":\"ctx-1\"");
	}

	@Test
	void readsAnA2aAnswerThatComesAtOnce() {
		answers.put("/A2A", (request, response) -> response.header("Content-Type", "application/json")
			.sendString(Mono
				.just("""
						{ "jsonrpc": "2.0",
						  "result": { "message": { "messageId": "m", "role": "ROLE_AGENT", "parts": [ { "text": "All." } ] } }
						}
						""")));
		List<SseEvent> events = post("house", "A2A", this.runId);
		assertThat(events.getLast().data()).contains("RUN_FINISHED");
		assertThat(events).anyMatch((event) -> event.data().contains("\"delta\":\"All.\""));
	}

	private static double active(String policy) {
		return bff.context()
			.getBean(MeterRegistry.class)
			.get("pergola.bff.connections")
			.tags("policy", policy, "state", "active")
			.gauge()
			.value();
	}

	private List<SseEvent> post(String module, String agent, String id) {
		return this.ada.post(path(module, agent), body().replace(this.runId, id)).collectList().block();
	}

	private void cancel() {
		assertThat(TestBff
			.send(bff.request("/agents/runs/" + this.runId + "/cancel", ADA)
				.POST(HttpRequest.BodyPublishers.noBody())
				.build())
			.statusCode()).isEqualTo(202);
	}

	private String body() {
		return "{\"threadId\":\"thread\",\"runId\":\"" + this.runId
				+ "\",\"messages\":[{\"id\":\"1\",\"role\":\"user\",\"content\":\"Hi\"}]}";
	}

	private static List<ObjectNode> events(String body) {
		List<ObjectNode> events = new ArrayList<>();
		new SseParser(1_000_000).feed(body.getBytes(StandardCharsets.UTF_8))
			.forEach((event) -> events.add(AgUiEvents.parse(event.data()).orElseThrow()));
		return events;
	}

	private static String path(String module, String agent) {
		return "/agents/" + module + "/" + agent + "/runs";
	}

	private static Agent agent(String id, AgentHttp http) {
		return new Agent(id, LocalizedText.NONE, null, http, List.of());
	}

	private static Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response) {
		StringBuilder head = new StringBuilder(request.method() + " " + request.uri() + "\n");
		request.requestHeaders()
			.forEach((header) -> head.append(header.getKey().toLowerCase(java.util.Locale.ROOT))
				.append(": ")
				.append(header.getValue())
				.append('\n'));
		asked.add(head.toString());
		String path = "/" + request.path();
		return answers.getOrDefault(path, (in, out) -> out.sendNotFound()).to(request, response);
	}

	private static Answer stream(String text) {
		return (request, response) -> response.sse().sendString(Mono.just(text));
	}

	/** These bytes, and then no more: the last chunk never comes. */
	private static Answer cut(byte[] bytes) {
		return (request, response) -> response.sse()
			.send(Mono.just(Unpooled.wrappedBuffer(bytes)), (piece) -> true)
			.then(Mono.error(new IllegalStateException("cut")));
	}

	/** What the agent says to a request. */
	private interface Answer {

		Publisher<Void> to(HttpServerRequest request, HttpServerResponse response);

	}

}
