package dev.pergola.bff.agents;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

import dev.pergola.bff.TestBff;
import dev.pergola.bff.TestCatalog;
import dev.pergola.bff.runlog.RunName;
import dev.pergola.bff.streams.SseEvent;
import dev.pergola.manifests.Agent;
import dev.pergola.manifests.AgentFormat;
import dev.pergola.manifests.AgentHttp;
import dev.pergola.manifests.LocalizedText;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class AgentRunsIntegrationTests {

	private static final AtomicInteger runs = new AtomicInteger();

	private static final int STREAMS = 8;

	private static final String ADA = TestBff.token("ada", "deals:agent");

	private static final FakeBridge bridge = new FakeBridge();

	private static final Sinks.Empty<Void> upstreamCancelled = Sinks.empty();

	private static DisposableServer upstream;

	private static TestBff bff;

	private final TestStream ada = new TestStream(bff, ADA);

	private final String runId = "run-" + runs.incrementAndGet();

	@BeforeAll
	static void start() {
		upstream = HttpServer.create()
			.host("localhost")
			.port(0)
			.route((routes) -> routes
				.post("/agents/words",
						(request, response) -> response.sse()
							.sendString(Flux.just("data: Hello\n\n", "data:  world\n\n", ": x\n\n",
									"data: a\ndata: b\n\n")))
				.post("/agents/cut",
						(request, response) -> response.sse()
							.sendString(Flux.just("data: Hello\n\n")
								.concatWith(Mono.error(new IllegalStateException("cut")))))
				.post("/agents/short",
						(request, response) -> response.sse()
							.sendString(Flux.just("data: {\"type\":\"RUN_STARTED\"}\n\n")))
				.post("/agents/endless",
						(request, response) -> response.sse()
							.sendString(Flux.just("data: {\"type\":\"TEXT_MESSAGE_START\",\"messageId\":\"m\"}\n\n")
								.concatWith(Flux.never())
								.doOnCancel(upstreamCancelled::tryEmitEmpty))))
			.bindNow();
		bff = TestBff.start("pergola.bff.bridge-url=" + bridge.url(), "pergola.bff.bridge-token=bridge-token",
				"pergola.bff.agents.reconnect-wait=10ms", "pergola.bff.agents.max-runs-per-person=3",
				"pergola.bff.agents.cancel-budget=500ms", "pergola.bff.agents.max-input=20KB",
				"pergola.bff.streams.max-per-person=" + STREAMS);
		bff.publish(TestCatalog.module("deals", "http://localhost:" + upstream.port(), null, List.of(),
				List.of(runner("scout"), http("words", AgentFormat.TEXT), http("cut", AgentFormat.TEXT),
						http("short", AgentFormat.AG_UI), http("endless", AgentFormat.AG_UI))));
	}

	@AfterAll
	static void stop() {
		// First: the bff takes the event loops with it.
		upstream.disposeNow();
		bff.close();
		bridge.close();
	}

	@BeforeEach
	void reset() {
		bridge.cutAfter(Integer.MAX_VALUE);
		bridge.program((id) -> Flux.just("{\"type\":\"TEXT_MESSAGE_START\",\"messageId\":\"m\",\"role\":\"assistant\"}",
				"{\"type\":\"TEXT_MESSAGE_CONTENT\",\"messageId\":\"m\",\"delta\":\"Hi\"}",
				"{\"type\":\"TEXT_MESSAGE_END\",\"messageId\":\"m\"}",
				"{\"type\":\"RUN_FINISHED\",\"threadId\":\"t\",\"runId\":\"" + id + "\"}"));
	}

	@Test
	void listsOnlyTheAgentsAPersonMayUse() {
		assertThat(bff.get("/agents", ADA).body())
			.contains("{\"module\":\"deals\",\"id\":\"scout\",\"title\":\"Scout\"}");
		assertThat(bff.get("/agents", TestBff.token("grace")).body()).isEqualTo("[]");
		assertThat(bff.get("/agents", null).statusCode()).isEqualTo(401);
	}

	@Test
	@Tag("S8")
	void startsNoRunForWhomItCannotShowIt() {
		bridge.program((id) -> Flux.never());
		String tim = TestBff.token("tim", "deals:agent");
		TestStream all = new TestStream(bff, tim);
		List<Disposable> open = new ArrayList<>();
		Sinks.Empty<Void> isFull = Sinks.empty();
		AtomicInteger begun = new AtomicInteger();
		open.add(all.post("/agents/deals/scout/runs", body()).subscribe((event) -> {
			for (int i = 1; begun.get() == 0 && i < STREAMS; i++) {
				open.add(all.get("/agents/runs/" + this.runId + "/events", null).subscribe((same) -> {
					if (begun.incrementAndGet() == STREAMS - 1) {
						isFull.tryEmitEmpty();
					}
				}));
			}
		}));
		isFull.asMono().block(Duration.ofSeconds(20));
		int starts = bridge.starts();
		HttpResponse<String> refused = TestBff.send(bff.request("/agents/deals/scout/runs", tim)
			.POST(HttpRequest.BodyPublishers.ofString(body().replace(this.runId, this.runId + "-b")))
			.build());
		assertThat(refused.statusCode()).isEqualTo(429);
		assertThat(bff.get("/agents/runs/" + this.runId + "-b", tim).statusCode()).isEqualTo(404);
		assertThat(bridge.starts()).isEqualTo(starts);
		open.forEach(Disposable::dispose);
	}

	@Test
	void startsARunnerForThePersonUnderTheirOwnNames() {
		List<SseEvent> events = post("scout");
		assertThat(TestStream.types(events)).containsExactly("RUN_STARTED", "TEXT_MESSAGE_START",
				"TEXT_MESSAGE_CONTENT", "TEXT_MESSAGE_END", "RUN_FINISHED");
		assertThat(events.getFirst().data()).contains("\"threadId\":\"thread\"", "\"runId\":\"" + this.runId + "\"");
		assertThat(events.getLast().data()).contains("\"threadId\":\"thread\"", "\"runId\":\"" + this.runId + "\"");
		assertThat(events).extracting(SseEvent::id).isSorted().doesNotHaveDuplicates();
		assertThat(bridge.principals().getLast()).isEqualTo("https://id.example|ada");
		assertThat(bff.get("/agents/runs/" + this.runId, ADA).body()).contains("\"status\":\"finished\"",
				"\"lastEventId\":\"" + events.getLast().id() + "\"");
	}

	@Test
	void sendsHeadersThatNoProxyHoldsBack() {
		HttpResponse<String> response = TestBff.send(start("scout", body()));
		assertThat(response.headers().map()).containsEntry("content-type", List.of("text/event-stream"))
			.containsEntry("cache-control", List.of("no-cache, no-transform"))
			.containsEntry("x-accel-buffering", List.of("no"))
			.containsEntry("pergola-run-id", List.of(this.runId))
			.containsEntry("pergola-replay", List.of("exact"))
			.doesNotContainKey("content-encoding");
		assertThat(response.body()).startsWith(": pergola\n\nid: ").doesNotContain("\r").doesNotContain("data: \n");
	}

	@Test
	void readsEveryEventOnceWhereverTheStreamIsCut() {
		int words = 60;
		bridge.program((id) -> Flux.range(0, words)
			.map((i) -> "{\"type\":\"CUSTOM\",\"name\":\"word\",\"value\":" + i + "}")
			.concatWithValues("{\"type\":\"RUN_FINISHED\"}"));
		List<SseEvent> whole = post("scout");
		assertThat(whole).hasSize(words + 2);
		Random random = new Random(42);
		for (int i = 0; i < 200; i++) {
			int cut = random.nextInt(whole.size() - 1) + 1;
			List<SseEvent> seen = new ArrayList<>(events(null).take(cut).collectList().block());
			seen.addAll(events(seen.getLast().id()).collectList().block());
			assertThat(seen).as("cut after %d", cut).isEqualTo(whole);
		}
	}

	@Test
	void goesOnWhereTheConnectionToTheBridgeWasCut() {
		int words = 40;
		bridge.cutAfter(7);
		bridge.program((id) -> Flux.range(0, words)
			.map((i) -> "{\"type\":\"CUSTOM\",\"name\":\"word\",\"value\":" + i + "}")
			.concatWithValues("{\"type\":\"RUN_FINISHED\"}"));
		int starts = bridge.starts();
		int connections = bridge.connections();
		List<SseEvent> events = post("scout");
		assertThat(events).hasSize(words + 2);
		for (int i = 0; i < words; i++) {
			assertThat(events.get(i + 1).data()).contains("\"value\":" + i + "}");
		}
		assertThat(bridge.starts() - starts).isEqualTo(1);
		assertThat(bridge.connections() - connections).isGreaterThanOrEqualTo(6);
	}

	@Test
	void startsTheSameRunOnceAndRefusesAnotherOfTheSameName() {
		int starts = bridge.starts();
		List<SseEvent> first = post("scout");
		assertThat(post("scout")).isEqualTo(first);
		assertThat(bridge.starts() - starts).isEqualTo(1);
		String other = body().replace("\"Hi\"", "\"Bye\"");
		assertThat(TestBff.send(start("scout", other)).statusCode()).isEqualTo(409);
		assertThat(TestBff.send(start("words", body())).statusCode()).isEqualTo(409);
	}

	@Test
	void goesOnWhenTheViewerLeavesAndLetsThemJoinAgain() {
		Sinks.Many<String> program = Sinks.many().unicast().onBackpressureBuffer();
		bridge.program((id) -> program.asFlux());
		SseEvent started = this.ada.post(path("scout"), body()).blockFirst();
		assertThat(started.data()).contains("RUN_STARTED");
		program.tryEmitNext("{\"type\":\"CUSTOM\",\"name\":\"later\"}");
		program.tryEmitNext("{\"type\":\"RUN_FINISHED\"}");
		program.tryEmitComplete();
		List<SseEvent> rest = this.ada.get(path("scout") + "?runId=" + this.runId + "&offset=-1", null)
			.collectList()
			.block();
		assertThat(TestStream.types(rest)).containsExactly("RUN_STARTED", "CUSTOM", "RUN_FINISHED");
		String last = rest.getLast().id();
		assertThat(bff.get("/agents/runs/" + this.runId + "/events?last_event_id=" + last, ADA).statusCode())
			.isEqualTo(204);
		assertThat(bff.get("/agents/runs/" + this.runId + "/events?last_event_id=" + started.id(), ADA).body())
			.contains("later");
	}

	@Test
	void keepsRunsFromOtherPeopleAndCursorsFromOtherRuns() {
		String otherCursor = post("scout").getFirst().id();
		String grace = TestBff.token("grace", "deals:agent");
		for (String path : List.of("", "/events")) {
			assertThat(bff.get("/agents/runs/" + this.runId + path, grace).statusCode()).isEqualTo(404);
		}
		assertThat(TestBff
			.send(bff.request("/agents/runs/" + this.runId + "/cancel", grace)
				.POST(HttpRequest.BodyPublishers.noBody())
				.build())
			.statusCode()).isEqualTo(404);
		String second = this.runId + "-second";
		this.ada.post(path("scout"), body().replace(this.runId, second)).collectList().block();
		assertThat(TestBff
			.send(bff.request("/agents/runs/" + second + "/events", ADA).header("Last-Event-ID", otherCursor).build())
			.statusCode()).isEqualTo(404);
	}

	@Test
	void startsNothingForAPersonWithoutThePermission() {
		int starts = bridge.starts();
		HttpResponse<String> response = TestBff.send(bff.request(path("scout"), TestBff.token("grace"))
			.POST(HttpRequest.BodyPublishers.ofString(body()))
			.build());
		assertThat(response.statusCode()).isEqualTo(404);
		assertThat(bridge.starts()).isEqualTo(starts);
	}

	@Test
	void makesOneMessageOfATextStream() {
		List<SseEvent> events = post("words");
		assertThat(TestStream.types(events)).containsExactly("RUN_STARTED", "TEXT_MESSAGE_START",
				"TEXT_MESSAGE_CONTENT", "TEXT_MESSAGE_CONTENT", "TEXT_MESSAGE_CONTENT", "TEXT_MESSAGE_END",
				"RUN_FINISHED");
		assertThat(events.get(3).data()).contains("\"delta\":\" world\"");
		assertThat(events.get(4).data()).contains("\"delta\":\"a\\nb\"");
	}

	@Test
	void tellsOfATruncatedAnswerAsAnError() {
		assertThat(post("cut").getLast().data()).contains("RUN_ERROR", "UPSTREAM_TRUNCATED");
	}

	@Test
	void tellsOfAnAnswerWithoutAnEndAsAnError() {
		assertThat(post("short").getLast().data()).contains("RUN_ERROR", "UPSTREAM_TRUNCATED");
	}

	@Test
	void freesTheUpstreamOfACancelledRunAndClosesWhatWasOpen() {
		List<SseEvent> events = this.ada.post(path("endless"), body())
			.publishOn(Schedulers.boundedElastic())
			.doOnNext((event) -> {
				if (event.data().contains("TEXT_MESSAGE_START")) {
					cancel();
				}
			})
			.collectList()
			.block();
		assertThat(TestStream.types(events)).containsExactly("RUN_STARTED", "TEXT_MESSAGE_START", "TEXT_MESSAGE_END",
				"RUN_FINISHED");
		assertThat(events.getLast().data()).contains("\"outcome\":{\"type\":\"cancelled\"}");
		StepVerifier.create(upstreamCancelled.asMono()).expectComplete().verify(Duration.ofSeconds(5));
		cancel();
		assertThat(bff.get("/agents/runs/" + this.runId, ADA).body()).contains("\"status\":\"cancelled\"");
	}

	@Test
	void tellsTheBridgeToCancelAndWaitsForItsWord() {
		Sinks.Many<String> program = Sinks.many().unicast().onBackpressureBuffer();
		bridge.program((id) -> program.asFlux());
		List<SseEvent> events = this.ada.post(path("scout"), body())
			.publishOn(Schedulers.boundedElastic())
			.doOnNext((event) -> {
				if (event.data().contains("RUN_STARTED")) {
					cancel();
					Mono.delay(Duration.ofMillis(50))
						.subscribe((tick) -> program
							.tryEmitNext("{\"type\":\"RUN_FINISHED\",\"outcome\":{\"type\":\"cancelled\"}}"));
				}
			})
			.collectList()
			.block();
		assertThat(events.getLast().data()).contains("RUN_FINISHED", "cancelled");
		assertThat(bridge.cancelled()).isNotEmpty();
	}

	@Test
	void hasTheBridgeEndARunThatThePortalEndedAlthoughItDoesNotHearAtOnce() {
		bridge.program(
				(id) -> Flux.just("{\"type\":\"CUSTOM\",\"name\":\"n\",\"value\":\"" + "x".repeat(1_100_000) + "\"}")
					.concatWith(Flux.never()));
		bridge.doNotHear(4);
		assertThat(post("scout").getLast().data()).contains("RUN_ERROR", "EVENT_TOO_LARGE");
		await().atMost(Duration.ofSeconds(20)).until(() -> bridge.cancelled().contains(upstreamId()));
	}

	@Test
	void hasTheBridgeEndARunThatBreaksTheProtocol() {
		bridge.program((id) -> Flux.just("{\"type\":\"STATE_DELTA\",\"delta\":1}").concatWith(Flux.never()));
		assertThat(post("scout").getLast().data()).contains("RUN_ERROR", "AGENT_PROTOCOL");
		await().atMost(Duration.ofSeconds(20)).until(() -> bridge.cancelled().contains(upstreamId()));
	}

	@Test
	void doesNotSayCancelledWhenTheBridgeDoesNot() {
		bridge.program((id) -> Flux.never());
		List<SseEvent> events = this.ada.post(path("scout"), body())
			.publishOn(Schedulers.boundedElastic())
			.doOnNext((event) -> {
				if (event.data().contains("RUN_STARTED")) {
					cancel();
				}
			})
			.collectList()
			.block();
		assertThat(events.getLast().data()).contains("RUN_ERROR", "CANCEL_UNCONFIRMED");
	}

	@Test
	void refusesMoreRunsThanOnePersonMayHave() {
		bridge.program((id) -> Flux.never());
		String person = TestBff.token("heavy", "deals:agent");
		TestStream heavy = new TestStream(bff, person);
		for (int i = 0; i < 3; i++) {
			heavy.post(path("scout"), body().replace(this.runId, "heavy-" + i)).blockFirst();
		}
		HttpResponse<String> response = TestBff
			.send(bff.request(path("scout"), person).POST(HttpRequest.BodyPublishers.ofString(body())).build());
		assertThat(response.statusCode()).isEqualTo(429);
		assertThat(response.headers().firstValue("Retry-After")).isPresent();
		assertThat(response.body()).contains("/problems/too-many-runs");
	}

	@Test
	void refusesRequestsThatAreNoRunInput() {
		for (String body : List.of("", "[]", "{oops", "{\"threadId\":\"t\"}", "{\"threadId\":\"t\",\"runId\":\"a b\"}",
				"{\"threadId\":\"t\",\"runId\":\"r\",\"messages\":1}")) {
			assertThat(TestBff.send(start("scout", body)).statusCode()).as(body).isEqualTo(400);
		}
		assertThat(TestBff.send(start("scout", "x".repeat(30_000))).statusCode()).isEqualTo(413);
	}

	private List<SseEvent> post(String agent) {
		return this.ada.post(path(agent), body()).collectList().block();
	}

	private String upstreamId() {
		return RunRequest.upstreamRunId(new RunName("https://id.example|ada", this.runId));
	}

	private Flux<SseEvent> events(String lastEventId) {
		return this.ada.get("/agents/runs/" + this.runId + "/events", lastEventId);
	}

	private void cancel() {
		int status = TestBff
			.send(bff.request("/agents/runs/" + this.runId + "/cancel", ADA)
				.POST(HttpRequest.BodyPublishers.noBody())
				.build())
			.statusCode();
		assertThat(status).isEqualTo(202);
	}

	private HttpRequest start(String agent, String body) {
		return bff.request(path(agent), ADA).POST(HttpRequest.BodyPublishers.ofString(body)).build();
	}

	private static String path(String agent) {
		return "/agents/deals/" + agent + "/runs";
	}

	private String body() {
		return "{\"threadId\":\"thread\",\"runId\":\"" + this.runId
				+ "\",\"messages\":[{\"id\":\"1\",\"role\":\"user\",\"content\":\"Hi\"}]}";
	}

	private static Agent runner(String id) {
		return new Agent(id, LocalizedText.NONE, id, null, List.of("deals:agent"));
	}

	private static Agent http(String id, AgentFormat format) {
		return new Agent(id, LocalizedText.NONE, null, new AgentHttp("/agents/" + id, format), List.of("deals:agent"));
	}

}
