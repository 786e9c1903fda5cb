package dev.pergola.bff.agents;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.pergola.bff.TestBff;
import dev.pergola.bff.TestCatalog;
import dev.pergola.bff.streams.SseEvent;
import dev.pergola.manifests.Agent;
import dev.pergola.manifests.LocalizedText;
import dev.pergola.manifests.catalog.CatalogModule;
import io.micrometer.core.instrument.MeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs as administrators see them, with people who start them and a bridge that does
 * them.
 */
class OperationsIntegrationTests {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private static final String RUNS = "/agents/operations/runs";

	private static final String ADA = TestBff.token("ada");

	private static final String GRACE = TestBff.token("grace", Instant.now().plusSeconds(600),
			Map.of("roles", List.of("admin")));

	private static final AtomicInteger numbers = new AtomicInteger();

	private static final List<String> audit = new CopyOnWriteArrayList<>();

	private static final FakeBridge bridge = new FakeBridge();

	private static TestBff bff;

	private final TestStream ada = new TestStream(bff, ADA);

	private final String runId = "run-" + numbers.incrementAndGet();

	@BeforeAll
	static void start() {
		bff = TestBff.start("pergola.bff.bridge-url=" + bridge.url(), "pergola.bff.bridge-token=bridge-token",
				"pergola.bff.agents.max-runs-per-person=50", "pergola.bff.agents.budgets.spender.tokens-per-day=100",
				"pergola.bff.agents.budgets.strict.tokens-per-day=100", "pergola.bff.agents.budgets.strict.hard=true");
		Agent scout = new Agent("scout", LocalizedText.NONE, "scout", null, List.of());
		bff.publish(List.of("deals", "spender", "strict")
			.stream()
			.map((module) -> TestCatalog.module(module, null, null, List.of(), List.of(scout)))
			.toArray(CatalogModule[]::new));
		AppenderBase<ILoggingEvent> lines = new AppenderBase<>() {
			@Override
			protected void append(ILoggingEvent event) {
				audit.add(event.getFormattedMessage());
			}
		};
		lines.start();
		Logger logger = (Logger) LoggerFactory.getLogger("pergola.audit");
		logger.setLevel(Level.INFO);
		logger.addAppender(lines);
	}

	@AfterAll
	static void stop() {
		bff.close();
		bridge.close();
	}

	@BeforeEach
	void reset() {
		bridge.status("");
		bridge.program((id) -> Flux.just("{\"type\":\"TEXT_MESSAGE_START\",\"messageId\":\"m\"}",
				"{\"type\":\"TEXT_MESSAGE_END\",\"messageId\":\"m\"}", "{\"type\":\"RUN_FINISHED\"}"));
	}

	@Test
	void showsWhoRanWhatAndHowItEnded() {
		bridge.program((id) -> Flux.just("{\"type\":\"CUSTOM\",\"name\":\"step\"}",
				"{\"type\":\"RUN_ERROR\",\"code\":\"AGENT_EXIT\",\"message\":\"It ended with 3.\",\"usage\":[{\"inputTokens\":12,\"outputTokens\":5}]}"));
		run("deals", this.runId);
		JsonNode run = only("text=" + this.runId);
		assertThat(run.path("person").asString()).isEqualTo("ada");
		assertThat(run.path("team").asString()).isEqualTo("deals");
		assertThat(run.path("kind").asString()).isEqualTo("runner");
		assertThat(run.path("state").asString()).isEqualTo("failed");
		assertThat(run.at("/failure/code").asString()).isEqualTo("AGENT_EXIT");
		assertThat(run.path("inputTokens").asInt()).isEqualTo(12);
		assertThat(run.path("outputTokens").asInt()).isEqualTo(5);
		assertThat(run.path("durationMillis").asLong()).isNotNegative();
		assertThat(run.path("firstByteMillis").asLong()).isNotNegative();
		assertThat(run.has("program")).isFalse();
		bridge.status("{\"runner\":\"scout\",\"state\":\"FAILED\",\"exitCode\":3,\"signal\":null,"
				+ "\"stderr\":\"Traceback\\nkey=***\",\"later\":{}}");
		JsonNode program = get(RUNS + "/" + run.path("id").asString()).path("program");
		assertThat(program.path("exitCode").asInt()).isEqualTo(3);
		assertThat(program.path("stderr").asString()).isEqualTo("Traceback\nkey=***");
		assertThat(program.has("signal")).isFalse();
		bridge.status("this is no JSON");
		assertThat(get(RUNS + "/" + run.path("id").asString()).has("program")).isFalse();
		assertThat(bff.context()
			.getBean(MeterRegistry.class)
			.get("pergola.bff.agents.runs")
			.tags("module", "deals", "agent", "scout", "team", "deals", "outcome", "failed")
			.timer()
			.count()).isPositive();
	}

	@Test
	void showsThePlaceInTheQueue() {
		Sinks.Many<String> program = program();
		this.ada.post(path("deals"), body(this.runId)).blockFirst();
		program.tryEmitNext("{\"type\":\"CUSTOM\",\"name\":\"pergola.queue\",\"value\":{\"position\":2}}");
		JsonNode queued = await("state=queued&text=" + this.runId);
		assertThat(queued.path("queuePosition").asInt()).isEqualTo(2);
		program.tryEmitNext("{\"type\":\"TEXT_MESSAGE_START\",\"messageId\":\"m\"}");
		assertThat(await("state=running&text=" + this.runId).path("queueMillis").asLong()).isNotNegative();
		program.tryEmitNext("{\"type\":\"RUN_ERROR\",\"message\":\"x\"}");
		await("state=failed&text=" + this.runId);
		assertThat(get(RUNS + "?state=going&text=" + this.runId).path("runs")).isEmpty();
	}

	@Test
	void stopsARunOfSomebodyElseAndSaysWhoDidAndWhy() {
		Sinks.Many<String> program = program();
		this.ada.post(path("deals"), body(this.runId)).blockFirst();
		String id = await("text=" + this.runId).path("id").asString();
		HttpResponse<String> answer = cancel(id, GRACE, "{\"reason\":\"Spends \\\"too\\\" much\\nforged line\"}");
		assertThat(answer.statusCode()).isEqualTo(202);
		program.tryEmitNext("{\"type\":\"RUN_FINISHED\",\"outcome\":{\"type\":\"cancelled\"}}");
		List<SseEvent> events = this.ada.get(RUNS.replace("/operations", "") + "/" + this.runId + "/events", null)
			.collectList()
			.block();
		assertThat(events.getLast().data()).contains("RUN_FINISHED", "cancelled").doesNotContain("Spends");
		JsonNode run = await("state=cancelled&text=" + this.runId);
		assertThat(run.at("/stop/by").asString()).isEqualTo("grace");
		assertThat(run.at("/stop/reason").asString()).isEqualTo("Spends too much forged line");
		assertThat(audit).filteredOn((line) -> line.contains(id))
			.singleElement()
			.asString()
			.contains("by=grace", "person=ada", "reason=\"Spends too much forged line\"", "traceId=")
			.doesNotContain("\n");
		assertThat(cancel(id, GRACE, "{\"reason\":\"again\"}").body()).contains("\"state\":\"cancelled\"");
		assertThat(audit).filteredOn((line) -> line.contains(id)).hasSize(1);
	}

	@Test
	void stopsARunThatWaitsForSomebodyElse() {
		asks("");
		String thread = "waits-" + this.runId;
		this.ada.post(path("deals"), body(this.runId).replace("\"thread\"", "\"" + thread + "\"")).blockLast();
		JsonNode waits = await("state=waiting&text=" + this.runId);
		String id = waits.path("id").asString();
		HttpResponse<String> answer = cancel(id, GRACE, "{\"reason\":\"Nobody is there\"}");
		assertThat(answer.statusCode()).isEqualTo(202);
		assertThat(answer.body()).contains("\"state\":\"cancelled\"", "\"by\":\"grace\"", "Nobody is there");
		JsonNode run = only("state=cancelled&text=" + this.runId);
		assertThat(run.at("/stop/by").asString()).isEqualTo("grace");
		assertThat(run.path("endedAt")).isEqualTo(waits.path("endedAt"));
		Awaitility.await().until(() -> bridge.cancelled().contains(id));
		assertThat(audit).filteredOn((line) -> line.contains(id)).hasSize(1);
		assertThat(bff.get("/agents/threads/" + thread, ADA).body()).contains("\"interrupts\":[]");
	}

	@Test
	void aRunWhoseQuestionIsAnsweredIsOver() {
		asks("");
		String thread = "answers-" + this.runId;
		String body = body(this.runId).replace("\"thread\"", "\"" + thread + "\"");
		this.ada.post(path("deals"), body).blockLast();
		String id = await("state=waiting&text=" + this.runId).path("id").asString();
		bridge.program((run) -> Flux.just("{\"type\":\"RUN_FINISHED\"}"));
		this.ada
			.post(path("deals"),
					body.replace("\"runId\":\"" + this.runId, "\"runId\":\"" + this.runId + "-answer")
						.replace("}", ",\"resume\":[{\"interruptId\":\"a\",\"status\":\"resolved\"}]}"))
			.blockLast();
		assertThat(get(RUNS + "/" + id).path("state").asString()).isEqualTo("finished");
		assertNobodyStops(id, "finished");
	}

	@Test
	void aRunWhoseQuestionNobodyAnsweredInTimeIsOver() {
		asks(",\"expiresAt\":\"2020-02-29T12:00:00Z\"");
		this.ada.post(path("deals"), body(this.runId).replace("\"thread\"", "\"late-" + this.runId + "\"")).blockLast();
		String id = await("text=" + this.runId).path("id").asString();
		assertThat(only("text=" + this.runId).path("state").asString()).isEqualTo("expired");
		assertNobodyStops(id, "expired");
	}

	@Test
	void isForAdministratorsOnly() {
		run("deals", this.runId);
		String id = only("text=" + this.runId).path("id").asString();
		String almost = TestBff.token("mallory", "admin");
		for (String path : List.of(RUNS, RUNS + "/" + id, "/agents/operations/agents")) {
			assertThat(bff.get(path, ADA).statusCode()).isEqualTo(403);
			assertThat(bff.get(path, ADA).body()).contains("/problems/forbidden");
			assertThat(bff.get(path, almost).statusCode()).as("a permission is no role").isEqualTo(403);
			assertThat(bff.get(path, null).statusCode()).isEqualTo(401);
		}
		assertThat(cancel(id, ADA, "{\"reason\":\"mine\"}").statusCode()).isEqualTo(403);
		HttpRequest forged = bff.request(RUNS + "/" + id + "/cancel", null)
			.header("Cookie", bff.session("grace"))
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString("{\"reason\":\"forged\"}"))
			.build();
		assertThat(TestBff.send(forged).statusCode()).isEqualTo(403);
		assertThat(TestBff.send(forged).body()).doesNotContain("/problems/forbidden\"");
	}

	@Test
	void refusesWhatMakesNoSense() {
		run("deals", this.runId);
		String id = only("text=" + this.runId).path("id").asString();
		for (String query : List.of("state=asleep", "before=x", "limit=many")) {
			assertThat(bff.get(RUNS + "?" + query, GRACE).statusCode()).as(query).isEqualTo(400);
		}
		for (String body : List.of("{}", "{\"reason\":\" \"}", "{\"reason\":\"" + "x".repeat(501) + "\"}", "[", "")) {
			assertThat(cancel(id, GRACE, body).statusCode()).as(body).isEqualTo(400);
		}
		assertThat(bff.get(RUNS + "/r-0", GRACE).statusCode()).isEqualTo(404);
		assertThat(cancel("r-0", GRACE, "{\"reason\":\"x\"}").statusCode()).isEqualTo(404);
	}

	@Test
	void pagesThroughAllRunsEachOnce() {
		String thread = "paged-" + this.runId;
		for (int i = 0; i < 5; i++) {
			this.ada.post(path("deals"), body(this.runId + "-" + i).replace("\"thread\"", "\"" + thread + "\""))
				.blockLast();
		}
		List<String> seen = new ArrayList<>();
		String next = "";
		do {
			JsonNode page = get(RUNS + "?limit=2&text=" + thread + (next.isEmpty() ? "" : "&before=" + next));
			page.path("runs").forEach((run) -> seen.add(run.path("runId").asString()));
			next = page.path("next").asString("");
		}
		while (!next.isEmpty());
		assertThat(seen).containsExactly(this.runId + "-4", this.runId + "-3", this.runId + "-2", this.runId + "-1",
				this.runId + "-0");
	}

	@Test
	void refusesRunsOfATeamThatHasSpentItsBudget() {
		spends(150);
		run("spender", this.runId);
		HttpResponse<String> refused = TestBff.send(start("spender", this.runId + "-next"));
		assertThat(refused.statusCode()).isEqualTo(429);
		assertThat(refused.body()).contains("/problems/agent-budget-spent", "\"team\":\"spender\"");
		assertThat(Integer.parseInt(refused.headers().firstValue("Retry-After").orElseThrow())).isBetween(1, 86_400);
		assertThat(TestBff.send(start("spender", this.runId)).body()).as("to watch one is not to start one")
			.contains("RUN_FINISHED");
		run("deals", this.runId + "-other");
		JsonNode overview = get("/agents/operations/agents");
		JsonNode team = find(overview.path("teams"), "team", "spender");
		assertThat(team.at("/budget/spent").asInt()).isEqualTo(150);
		assertThat(team.at("/budget/tokensPerDay").asInt()).isEqualTo(100);
		assertThat(team.path("runsLastHour").asInt()).isEqualTo(1);
		JsonNode agent = find(overview.path("agents"), "module", "spender");
		assertThat(agent.path("outputTokens").asInt()).isEqualTo(50);
		assertThat(agent.path("failureShare").asDouble()).isZero();
		assertThat(bff.context()
			.getBean(MeterRegistry.class)
			.get("pergola.bff.agents.budget.used")
			.tag("team", "spender")
			.gauge()
			.value()).isEqualTo(1.5);
	}

	@Test
	void cutsGoingRunsWhereTheBudgetIsHard() {
		Sinks.Many<String> program = program();
		this.ada.post(path("strict"), body(this.runId)).blockFirst();
		String id = await("text=" + this.runId).path("id").asString();
		// The portal tells of a run before the bridge has it.
		Flux.interval(Duration.ofMillis(10)).filter((tick) -> bridge.has(id)).blockFirst(Duration.ofSeconds(10));
		spends(150);
		run("strict", this.runId + "-spends");
		Flux.interval(Duration.ofMillis(10))
			.filter((tick) -> bridge.cancelled().contains(id))
			.blockFirst(Duration.ofSeconds(10));
		program.tryEmitNext("{\"type\":\"RUN_FINISHED\",\"outcome\":{\"type\":\"cancelled\"}}");
		assertThat(await("state=cancelled&team=strict").at("/stop/by").asString()).isEqualTo("budget");
	}

	private static void asks(String more) {
		bridge
			.program((id) -> Flux.just("{\"type\":\"RUN_FINISHED\",\"outcome\":{\"type\":\"interrupt\",\"interrupts\":"
					+ "[{\"id\":\"a\",\"reason\":\"tool_call\"" + more + "}]}}"));
	}

	private static void assertNobodyStops(String id, String state) {
		assertThat(cancel(id, GRACE, "{\"reason\":\"x\"}").body()).contains("\"state\":\"" + state + "\"")
			.doesNotContain("\"stop\"");
		assertThat(audit).noneMatch((line) -> line.contains(id));
	}

	private static void spends(int tokens) {
		bridge.program((id) -> Flux.just(
				"{\"type\":\"RUN_FINISHED\",\"usage\":[{\"inputTokens\":" + (tokens - 50) + ",\"outputTokens\":50}]}"));
	}

	private static Sinks.Many<String> program() {
		Sinks.Many<String> program = Sinks.many().unicast().onBackpressureBuffer();
		bridge.program((id) -> program.asFlux());
		return program;
	}

	private void run(String module, String id) {
		assertThat(TestBff.send(start(module, id)).body()).containsAnyOf("RUN_FINISHED", "RUN_ERROR");
	}

	private static HttpRequest start(String module, String id) {
		return bff.request(path(module), ADA).POST(HttpRequest.BodyPublishers.ofString(body(id))).build();
	}

	private static HttpResponse<String> cancel(String id, String token, String body) {
		return TestBff.send(bff.request(RUNS + "/" + id + "/cancel", token)
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(body))
			.build());
	}

	private static JsonNode get(String path) {
		HttpResponse<String> answer = bff.get(path, GRACE);
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
		return JSON.readTree(answer.body());
	}

	private static JsonNode only(String query) {
		JsonNode runs = get(RUNS + "?" + query).path("runs");
		assertThat(runs).hasSize(1);
		return runs.get(0);
	}

	private static JsonNode await(String query) {
		return Flux.interval(Duration.ZERO, Duration.ofMillis(10), Schedulers.boundedElastic())
			.onBackpressureDrop()
			.map((tick) -> get(RUNS + "?" + query).path("runs"))
			.filter((runs) -> !runs.isEmpty())
			.map((runs) -> runs.get(0))
			.blockFirst(Duration.ofSeconds(10));
	}

	private static JsonNode find(JsonNode list, String name, String value) {
		return list.valueStream().filter((each) -> each.path(name).asString().equals(value)).findFirst().orElseThrow();
	}

	private static String path(String module) {
		return "/agents/" + module + "/scout/runs";
	}

	private static String body(String id) {
		return "{\"threadId\":\"thread\",\"runId\":\"" + id + "\",\"messages\":[]}";
	}

}
