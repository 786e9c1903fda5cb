package dev.pergola.bff.agents;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import dev.pergola.bff.TestBff;
import dev.pergola.bff.TestCatalog;
import dev.pergola.bff.runlog.RunName;
import dev.pergola.bff.streams.SseEvent;
import dev.pergola.manifests.Agent;
import dev.pergola.manifests.LocalizedText;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What holds for runs wherever their logs are kept. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RunsContract {

	static final String ADA = TestBff.token("ada", "deals:agent");

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private static final AtomicInteger names = new AtomicInteger();

	private final FakeBridge bridge = new FakeBridge();

	private final TestBff bff;

	private final TestStream ada;

	RunsContract(String... settings) {
		List<String> all = new ArrayList<>(List.of("pergola.bff.bridge-url=" + this.bridge.url(),
				"pergola.bff.bridge-token=bridge-token", "pergola.bff.agents.max-runs-per-person=10"));
		all.addAll(List.of(settings));
		this.bff = TestBff.start(all.toArray(String[]::new));
		this.bff.publish(TestCatalog.module("deals", null, null, List.of(), List.of(scout())));
		this.ada = new TestStream(this.bff, ADA);
	}

	static Agent scout() {
		return new Agent("scout", LocalizedText.NONE, "scout", null, List.of("deals:agent"));
	}

	@AfterAll
	void stop() {
		this.bff.close();
		this.bridge.close();
	}

	@Test
	void isStartedOnceAndReadAgainFromEveryPlace() {
		String run = name("run");
		this.bridge.program((id) -> words(20));
		int starts = this.bridge.starts();
		List<SseEvent> whole = start(run, name("thread"), "");
		assertThat(whole).hasSize(22);
		for (SseEvent event : whole.subList(0, whole.size() - 1)) {
			List<SseEvent> rest = this.ada.get("/agents/runs/" + run + "/events", event.id()).collectList().block();
			assertThat(rest).isEqualTo(whole.subList(whole.indexOf(event) + 1, whole.size()));
		}
		assertThat(this.bridge.starts() - starts).isEqualTo(1);
	}

	@Test
	@Tag("S7")
	void isNobodyElsesAndTakesNoPlaceOfAnotherRun() {
		String run = name("run");
		String other = name("run");
		this.bridge.program((id) -> words(3));
		String thread = name("thread");
		String place = start(run, thread, "").getLast().id();
		start(other, thread, "");
		String path = "/agents/runs/" + run + "/events";
		String tenant = TestBff.token("ada", Instant.now().plusSeconds(600),
				Map.of("permissions", List.of("deals:agent"), "tenant", "acme"));
		HttpResponse<String> nothing = this.bff.get("/agents/runs/no-such-run/events", ADA);
		for (HttpRequest request : List.of(this.bff.request(path, TestBff.token("grace", "deals:agent")).build(),
				this.bff.request(path, TestBff.token("grace", "deals:agent")).header("Last-Event-ID", place).build(),
				this.bff.request(path, tenant).build(), this.bff.request("/agents/threads/" + thread, tenant).build(),
				this.bff.request("/agents/runs/" + other + "/events", ADA).header("Last-Event-ID", place).build(),
				this.bff.request(path, ADA).header("Last-Event-ID", "anything").build())) {
			HttpResponse<String> answer = TestBff.send(request);
			assertThat(answer.statusCode()).as(request.uri().toString()).isEqualTo(404);
			assertThat(answer.headers().firstValue("Pergola-Run-Id")).isEmpty();
		}
		assertThat(nothing.statusCode()).isEqualTo(404);
		assertThat(this.bff.get("/agents/threads", tenant).body()).isEqualTo("[]");
	}

	@Test
	void tellsOfThreadsWithTheirConversation() {
		String thread = name("thread");
		String run = name("run");
		this.bridge.program((id) -> Flux.just("{\"type\":\"TEXT_MESSAGE_START\",\"messageId\":\"m1\"}",
				"{\"type\":\"TEXT_MESSAGE_CONTENT\",\"messageId\":\"m1\",\"delta\":\"Hel\"}",
				"{\"type\":\"TEXT_MESSAGE_CONTENT\",\"messageId\":\"m1\",\"delta\":\"lo\"}",
				"{\"type\":\"TEXT_MESSAGE_END\",\"messageId\":\"m1\"}", "{\"type\":\"RUN_FINISHED\"}"));
		start(run, thread, "");
		JsonNode found = json("/agents/threads/" + thread);
		assertThat(found.path("module").asString()).isEqualTo("deals");
		assertThat(found.path("agent").asString()).isEqualTo("scout");
		assertThat(found.path("messages").toString()).isEqualTo("[{\"id\":\"1\",\"role\":\"user\",\"content\":\"Hi\"},"
				+ "{\"id\":\"m1\",\"role\":\"assistant\",\"content\":\"Hello\"}]");
		assertThat(found.path("interrupts").isEmpty()).isTrue();
		assertThat(found.path("runs").path(0).path("runId").asString()).isEqualTo(run);
		assertThat(found.path("runs").path(0).path("status").asString()).isEqualTo("finished");
		assertThat(found.path("activeRunId").asString("")).isEmpty();
		JsonNode listed = json("/agents/threads").path(0);
		assertThat(listed.path("threadId").asString()).isEqualTo(thread);
		assertThat(listed.path("title").asString()).isEqualTo("Hi");
		assertThat(this.bff.get("/agents/threads/no-such-thread", ADA).statusCode()).isEqualTo(404);
	}

	@Test
	void goesOnWithAThreadThatWaitsOnlyWhenAllIsAnswered() {
		String thread = name("thread");
		this.bridge.program((id) -> Flux.just(asks("a", "b")));
		start(name("run"), thread, "");
		assertThat(json("/agents/threads/" + thread).path("interrupts")
			.valueStream()
			.map((one) -> one.path("id").asString())).containsExactly("a", "b");
		this.bridge.program((id) -> Flux.just("{\"type\":\"RUN_FINISHED\"}"));
		assertThat(refused(thread, "")).contains("409", "/problems/interrupt-open", "\"a\"", "\"b\"");
		assertThat(refused(thread, answers("a"))).contains("409", "/problems/interrupt-open", "\"b\"");
		assertThat(refused(thread, answers("a", "b", "c"))).contains("422", "/problems/bad-resume");
		assertThat(refused(thread, answers("a", "a", "b"))).contains("422", "/problems/bad-resume");
		assertThat(refused(thread, answers("a", "b").replace("resolved", "done"))).contains("422");
		assertThat(refused(thread, ",\"resume\":1")).contains("422", "/problems/bad-resume");
		String run = name("run");
		assertThat(start(run, thread, answers("a", "b")).getLast().data()).contains("RUN_FINISHED");
		assertThat(this.bridge.bodies().getLast()).contains("\"interruptId\":\"b\"");
		assertThat(start(run, thread, answers("a", "b")).getLast().data()).as("the same again")
			.contains("RUN_FINISHED");
		assertThat(refused(thread, answers("a", "b"))).as("answered already").contains("422");
		assertThat(start(name("run"), thread, "").getLast().data()).contains("RUN_FINISHED");
	}

	@Test
	void aQuestionWaitsAlsoWhereANewerRunWasFaster() {
		String thread = name("thread");
		String run = name("run");
		String first = RunRequest.upstreamRunId(new RunName("https://id.example|ada", run));
		Sinks.One<String> question = Sinks.one();
		this.bridge.program((id) -> id.equals(first) ? question.asMono().flux() : words(1));
		AtomicReference<SseEvent> end = new AtomicReference<>();
		this.ada.post("/agents/deals/scout/runs", body(run, thread, ""))
			.publishOn(Schedulers.boundedElastic())
			.doOnNext((event) -> {
				if (event.data().contains("RUN_STARTED")) {
					start(name("run"), thread, "");
					question.tryEmitValue(asks("a"));
				}
			})
			.doOnNext(end::set)
			.blockLast(Duration.ofSeconds(20));
		assertThat(end.get().data()).contains("interrupt");
		assertThat(json("/agents/threads/" + thread).path("interrupts").path(0).path("id").asString()).isEqualTo("a");
		await().atMost(Duration.ofSeconds(20)).until(() -> refused(thread, "").contains("/problems/interrupt-open"));
		assertThat(start(name("run"), thread, answers("a")).getLast().data()).contains("RUN_FINISHED");
		assertThat(json("/agents/threads/" + thread).path("interrupts").isEmpty()).isTrue();
	}

	@Test
	void saysWhichQuestionsCannotBeAnsweredAnyMore() {
		String thread = name("thread");
		this.bridge.program((id) -> Flux.just(asks("late", "").replace("\"reason\"",
				"\"expiresAt\":\"" + Instant.now().minusSeconds(1) + "\",\"reason\"")));
		start(name("run"), thread, "");
		assertThat(json("/agents/threads/" + thread).path("interrupts").isEmpty()).isTrue();
		assertThat(refused(thread, answers("late"))).contains("422", "/problems/interrupt-expired", "\"late\"");
		this.bridge.program((id) -> Flux.just("{\"type\":\"RUN_FINISHED\"}"));
		assertThat(start(name("run"), thread, "").getLast().data()).contains("RUN_FINISHED");
	}

	@Test
	void keepsQuestionsOpenWhenTheAnswerDidNotReachTheAgent() {
		String thread = name("thread");
		this.bridge.program((id) -> Flux.just(asks("a", "")));
		start(name("run"), thread, "");
		this.bridge.refuse(429);
		assertThat(start(name("run"), thread, answers("a")).getLast().data()).contains("AGENT_BUSY");
		this.bridge.refuse(0);
		this.bridge.program(
				(id) -> Flux.just("{\"type\":\"CUSTOM\",\"name\":\"n\",\"value\":1}", "{\"type\":\"RUN_FINISHED\"}"));
		assertThat(refused(thread, "")).contains("409");
		assertThat(start(name("run"), thread, answers("a")).getLast().data()).contains("RUN_FINISHED");
	}

	@Test
	void aRunThatWaitsCanBeCancelledAndItsAnswerComesTooLate() {
		String thread = name("thread");
		String run = name("run");
		this.bridge.program((id) -> Flux.just(asks("a")));
		start(run, thread, "");
		assertThat(TestBff
			.send(this.bff.request("/agents/runs/" + run + "/cancel", ADA)
				.POST(HttpRequest.BodyPublishers.noBody())
				.build())
			.statusCode()).isEqualTo(202);
		String upstreamId = RunRequest.upstreamRunId(new RunName("https://id.example|ada", run));
		await().atMost(Duration.ofSeconds(20)).until(() -> this.bridge.cancelled().contains(upstreamId));
		assertThat(json("/agents/threads/" + thread).path("interrupts").isEmpty()).isTrue();
		assertThat(refused(thread, answers("a"))).contains("422", "/problems/interrupt-expired", "\"a\"");
		this.bridge.program((id) -> Flux.just("{\"type\":\"RUN_FINISHED\"}"));
		assertThat(start(name("run"), thread, "").getLast().data()).contains("RUN_FINISHED");
	}

	@Test
	void aPromptOfAMegabyteReachesTheAgent() {
		this.bridge.program((id) -> words(1));
		String prompt = "0123456789abcdef".repeat(65536);
		String body = body(name("run"), name("thread"), "").replace("\"Hi\"", "\"" + prompt + "\"");
		List<SseEvent> events = this.ada.post("/agents/deals/scout/runs", body).collectList().block();
		assertThat(events.getLast().data()).contains("RUN_FINISHED");
		assertThat(this.bridge.bodies().getLast()).contains(prompt);
	}

	@Test
	void tellsTheBridgeForWhomAndForWhichTeamItIs() {
		this.bridge.program((id) -> words(1));
		String tenant = TestBff.token("joan", Instant.now().plusSeconds(600),
				Map.of("permissions", List.of("deals:agent"), "tenant", "acme"));
		new TestStream(this.bff, tenant).post("/agents/deals/scout/runs", body(name("run"), name("thread"), ""))
			.blockLast(Duration.ofSeconds(20));
		assertThat(this.bridge.headers().getLast().get("Pergola-Team")).isEqualTo("deals");
		assertThat(this.bridge.headers().getLast().get("Pergola-Tenant")).isEqualTo("acme");
		assertThat(this.bridge.headers().getLast().get("Pergola-Principal")).isEqualTo("https://id.example|joan");
		String other = TestBff.token("joan", Instant.now().plusSeconds(600),
				Map.of("permissions", List.of("deals:agent"), "iss", "https://other.example"));
		new TestStream(this.bff, other).post("/agents/deals/scout/runs", body(name("run"), name("thread"), ""))
			.blockLast(Duration.ofSeconds(20));
		assertThat(this.bridge.headers().getLast().get("Pergola-Principal")).isEqualTo("https://other.example|joan");
	}

	@Test
	void passesOnThePlaceInTheQueue() {
		this.bridge
			.program((id) -> Flux.just("{\"type\":\"CUSTOM\",\"name\":\"pergola.queue\",\"value\":{\"position\":3}}",
					"{\"type\":\"RUN_FINISHED\"}"));
		assertThat(start(name("run"), name("thread"), "").get(1).data()).contains("pergola.queue", "\"position\":3");
	}

	@Test
	void tellsThatTheBridgeHasLostARun() {
		String run = name("run");
		this.bridge
			.program((id) -> words(3).filter((event) -> !event.contains("RUN_FINISHED")).concatWith(Flux.never()));
		List<SseEvent> events = this.ada.post("/agents/deals/scout/runs", body(run, name("thread"), ""))
			.doOnNext((event) -> {
				if (event.data().contains("\"value\":2")) {
					this.bridge.forget();
				}
			})
			.collectList()
			.block();
		assertThat(events.getLast().data()).contains("RUN_ERROR", "AGENT_LOST");
	}

	private String refused(String thread, String more) {
		HttpResponse<String> answer = TestBff.send(this.bff.request("/agents/deals/scout/runs", ADA)
			.POST(HttpRequest.BodyPublishers.ofString(body(name("run"), thread, more)))
			.build());
		return answer.statusCode() + " " + answer.body();
	}

	private List<SseEvent> start(String run, String thread, String more) {
		return this.ada.post("/agents/deals/scout/runs", body(run, thread, more)).collectList().block();
	}

	private JsonNode json(String path) {
		return JSON.readTree(this.bff.get(path, ADA).body());
	}

	static Flux<String> words(int count) {
		return Flux.range(0, count)
			.map((i) -> "{\"type\":\"CUSTOM\",\"name\":\"word\",\"value\":" + i + "}")
			.concatWithValues("{\"type\":\"RUN_FINISHED\"}");
	}

	private static String asks(String... ids) {
		List<String> interrupts = new ArrayList<>();
		for (String id : ids) {
			if (!id.isEmpty()) {
				interrupts.add("{\"id\":\"%s\",\"reason\":\"tool_call\"}".formatted(id));
			}
		}
		return "{\"type\":\"RUN_FINISHED\",\"outcome\":{\"type\":\"interrupt\",\"interrupts\":["
				+ String.join(",", interrupts) + "]}}";
	}

	private static String answers(String... ids) {
		List<String> entries = new ArrayList<>();
		for (String id : ids) {
			entries.add("{\"interruptId\":\"%s\",\"status\":\"resolved\",\"payload\":{}}".formatted(id));
		}
		return ",\"resume\":[" + String.join(",", entries) + "]";
	}

	static String body(String run, String thread, String more) {
		return "{\"threadId\":\"%s\",\"runId\":\"%s\",\"messages\":[{\"id\":\"1\",\"role\":\"user\",\"content\":\"Hi\"}]%s}"
			.formatted(thread, run, more);
	}

	static String name(String kind) {
		return kind + "-" + names.incrementAndGet();
	}

}
