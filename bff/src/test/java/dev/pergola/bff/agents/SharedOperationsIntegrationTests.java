package dev.pergola.bff.agents;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.pergola.bff.TestBff;
import dev.pergola.bff.TestCatalog;
import dev.pergola.bff.TestRedis;
import dev.pergola.manifests.Agent;
import dev.pergola.manifests.LocalizedText;
import dev.pergola.manifests.catalog.CatalogModule;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What administrators see and budgets allow where two bffs share one Redis. */
class SharedOperationsIntegrationTests {

	private static final Duration SOON = Duration.ofSeconds(30);

	private static final String GRACE = TestBff.token("grace", Instant.now().plusSeconds(600),
			Map.of("roles", List.of("admin")));

	private static final FakeBridge bridge = new FakeBridge();

	private static TestRedis redis;

	private static TestBff first;

	private static TestBff second;

	private final String run = RunsContract.name("run");

	@BeforeAll
	static void start() throws IOException {
		redis = TestRedis.start();
		first = node();
		second = node();
	}

	@AfterAll
	static void stop() throws IOException {
		first.close();
		second.close();
		bridge.close();
		redis.close();
	}

	@Test
	void anyNodeTellsOfARunAndStopsIt() {
		Sinks.Many<String> program = Sinks.many().unicast().onBackpressureBuffer();
		bridge.program((id) -> program.asFlux());
		Disposable watching = new TestStream(first.port(), RunsContract.ADA).post(path("deals"), body()).subscribe();
		await().atMost(SOON).until(() -> runs(second).contains("\"state\":\"running\""));
		String id = runs(second).replaceAll("(?s).*\"id\":\"(r-[0-9a-f]{32})\".*", "$1");
		HttpResponse<String> answer = TestBff.send(second.request("/agents/operations/runs/" + id + "/cancel", GRACE)
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString("{\"reason\":\"Enough.\"}"))
			.build());
		assertThat(answer.statusCode()).isEqualTo(202);
		assertThat(answer.body()).contains("\"by\":\"grace\"");
		await().atMost(SOON).until(() -> bridge.cancelled().contains(id));
		program.tryEmitNext("{\"type\":\"RUN_FINISHED\",\"outcome\":{\"type\":\"cancelled\"}}");
		for (TestBff node : List.of(first, second)) {
			await().atMost(SOON).until(() -> runs(node).contains("\"state\":\"cancelled\""));
			await().atMost(SOON).until(() -> runs(node).contains("\"by\":\"grace\""));
		}
		watching.dispose();
	}

	@Test
	void whatOneNodeSpendsIsSpentAtAll() {
		spend("spender", first);
		await().atMost(SOON)
			.until(() -> second.get("/agents/operations/agents", GRACE).body().contains("\"spent\":150"));
		HttpResponse<String> refused = start(second, "spender", "-second");
		assertThat(refused.statusCode()).isEqualTo(429);
		assertThat(refused.body()).contains("/problems/agent-budget-spent");
	}

	@Test
	void aBudgetThatIsHardCutsRunsAtOtherNodes() {
		Sinks.Many<String> program = Sinks.many().unicast().onBackpressureBuffer();
		bridge.program((id) -> program.asFlux());
		Disposable watching = new TestStream(first.port(), RunsContract.ADA).post(path("strict"), body()).subscribe();
		await().atMost(SOON).until(() -> runs(first).contains("\"state\":\"running\""));
		int cancelled = bridge.cancelled().size();
		bridge.program((id) -> Flux.just(spent()));
		assertThat(start(second, "strict", "-spends").statusCode()).isEqualTo(200);
		await().atMost(SOON).until(() -> bridge.cancelled().size() > cancelled);
		program.tryEmitNext("{\"type\":\"RUN_FINISHED\",\"outcome\":{\"type\":\"cancelled\"}}");
		await().atMost(SOON).until(() -> runs(second).contains("\"by\":\"budget\""));
		watching.dispose();
	}

	private void spend(String module, TestBff node) {
		bridge.program((id) -> Flux.just(spent()));
		assertThat(start(node, module, "-first").statusCode()).isEqualTo(200);
	}

	private static String spent() {
		return "{\"type\":\"RUN_FINISHED\",\"usage\":[{\"inputTokens\":100,\"outputTokens\":50}]}";
	}

	private HttpResponse<String> start(TestBff node, String module, String suffix) {
		return TestBff.send(node.request(path(module), RunsContract.ADA)
			.POST(HttpRequest.BodyPublishers.ofString(RunsContract.body(this.run + suffix, "t" + suffix, "")))
			.build());
	}

	private String runs(TestBff node) {
		return node.get("/agents/operations/runs?text=" + this.run, GRACE).body();
	}

	private String body() {
		return RunsContract.body(this.run, "thread-" + this.run, "");
	}

	private static String path(String module) {
		return "/agents/" + module + "/scout/runs";
	}

	private static TestBff node() {
		TestBff bff = TestBff.start("pergola.bff.bridge-url=" + bridge.url(), "pergola.bff.bridge-token=bridge-token",
				"pergola.bff.agents.max-runs-per-person=50", "pergola.bff.agents.store=redis",
				"pergola.bff.agents.redis.url=" + redis.url(), "pergola.bff.agents.budgets.spender.tokens-per-day=100",
				"pergola.bff.agents.budgets.strict.tokens-per-day=100", "pergola.bff.agents.budgets.strict.hard=true");
		Agent scout = new Agent("scout", LocalizedText.NONE, "scout", null, List.of());
		bff.catalog()
			.put(Stream.of("deals", "spender", "strict")
				.map((module) -> TestCatalog.module(module, null, null, List.of(), List.of(scout)))
				.toArray(CatalogModule[]::new));
		return bff;
	}

}
