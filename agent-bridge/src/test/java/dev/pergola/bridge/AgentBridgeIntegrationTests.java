package dev.pergola.bridge;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

import dev.pergola.bridge.process.Processes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.reactive.function.client.WebClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Real programs, run over HTTP.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, classes = AgentBridgeApplication.class)
class AgentBridgeIntegrationTests {

	private static final ParameterizedTypeReference<ServerSentEvent<String>> EVENTS = new ParameterizedTypeReference<>() {
	};

	/** Seconds nobody else on this machine sleeps. */
	private static final String FOREVER = "4242." + Math.abs(UUID.randomUUID().getLeastSignificantBits());

	/** A variable that the build gives these tests, as an operator gives the bridge. */
	private static final String TOKEN = System.getenv("PERGOLA_AGENT_BRIDGE_SERVICE_TOKEN");

	@TempDir
	static Path directory;

	@LocalServerPort
	private int port;

	@DynamicPropertySource
	static void settings(DynamicPropertyRegistry settings) {
		Map<String, String> scripts = Map.ofEntries(Map.entry("echo", "cat"), Map.entry("words",
				"for i in $(seq 1 200); do printf 'word%s ' $i; [ $((i % 50)) = 0 ] && sleep 0.05; done; exit 0"),
				Map.entry("broken", "printf half; echo 'secret detail' >&2; exit 3"), Map.entry("mute", "exit 0"),
				Map.entry("deaf",
						"trap '' TERM INT; setsid sleep " + FOREVER + " & printf started; while :; do sleep 1; done"),
				Map.entry("orphan", "setsid sleep " + FOREVER + " & printf done"), Map.entry("nosy", "env"),
				Map.entry("endless", "yes"), Map.entry("quiet", "sleep 60"), Map.entry("home", "printf $HOME"));
		settings.add("pergola.agent-bridge.directory", directory::toString);
		for (String step : List.of("interrupt", "sigint", "sigterm")) {
			settings.add("pergola.agent-bridge.stop." + step, () -> "200ms");
		}
		settings.add("pergola.agent-bridge.max-per-principal", () -> "2");
		settings.add("pergola.agent-bridge.heartbeat", () -> "100ms");
		scripts.forEach((name, script) -> {
			String prefix = "pergola.agent-bridge.runners." + name;
			settings.add(prefix + ".command[0]", () -> "bash");
			settings.add(prefix + ".command[1]", () -> "-c");
			settings.add(prefix + ".command[2]", () -> script);
		});
		settings.add("pergola.agent-bridge.runners.endless.output-limit", () -> "64KB");
		settings.add("pergola.agent-bridge.runners.quiet.silence", () -> "500ms");
		settings.add("pergola.agent-bridge.runners.missing.command[0]", () -> "/no/such/program");
	}

	@Test
	void wordsArriveAndTheRunFinishes() {
		List<JsonNode> events = run("echo", "Hello 😀");
		assertThat(types(events)).containsExactly("RUN_STARTED", "TEXT_MESSAGE_START", "TEXT_MESSAGE_CONTENT",
				"TEXT_MESSAGE_END", "RUN_FINISHED");
		assertThat(text(events)).isEqualTo("Hello 😀");
		assertThat(events.getLast().at("/outcome/type").asString()).isEqualTo("success");
	}

	@Test
	void aPromptOfAMegabyteArrivesWhole() {
		String prompt = "0123456789abcdef".repeat(65536);
		assertThat(text(run("echo", prompt))).isEqualTo(prompt);
	}

	@Test
	void everyEventIsReadOnceThroughManyCuts() {
		String runId = UUID.randomUUID().toString();
		Random random = new Random(11);
		List<ServerSentEvent<String>> read = new ArrayList<>();
		String last = "";
		while (read.isEmpty() || !read.getLast().data().contains("RUN_FINISHED")) {
			List<ServerSentEvent<String>> piece = start("words", "p", runId, "x", last).take(1 + random.nextInt(7))
				.collectList()
				.block(Duration.ofSeconds(20));
			read.addAll(piece);
			last = read.getLast().id();
		}
		assertThat(read.stream().map(ServerSentEvent::id)).doesNotHaveDuplicates().isSorted();
		assertThat(text(json(read))).startsWith("word1 word2 ").endsWith("word199 word200 ").hasSize(1492);
	}

	@Test
	void aProgramThatFailsEndsTheRunWithAnErrorAndTellsNoSecret() {
		List<JsonNode> events = run("broken", "x");
		assertThat(types(events)).endsWith("TEXT_MESSAGE_END", "RUN_ERROR");
		assertThat(events.getLast().path("code").asString()).isEqualTo("AGENT_EXIT");
		assertThat(events.toString()).doesNotContain("secret");
	}

	@Test
	void aProgramThatIsMissingOrSaysNothingIsAnError() {
		assertThat(run("missing", "x").getLast().path("code").asString()).isEqualTo("AGENT_START");
		assertThat(run("mute", "x").getLast().path("code").asString()).isEqualTo("AGENT_NO_RESULT");
	}

	@Test
	void aProgramThatPrintsWithoutEndOrNotAtAllIsStopped() {
		assertThat(run("endless", "x").getLast().path("code").asString()).isEqualTo("AGENT_OUTPUT_TOO_LARGE");
		assertThat(run("quiet", "x").getLast().path("code").asString()).isEqualTo("AGENT_SILENT");
	}

	@Test
	void cancelEndsAProgramThatDoesNotListenAndAllItStarted() {
		String runId = UUID.randomUUID().toString();
		List<JsonNode> events = json(start("deaf", "p", runId, "x", "").doOnNext((event) -> {
			if (event.data().contains("started")) {
				cancel(runId);
				cancel(runId);
			}
		}).collectList().block(Duration.ofSeconds(20)));
		assertThat(types(events)).endsWith("TEXT_MESSAGE_END", "RUN_FINISHED");
		assertThat(events.getLast().at("/outcome/type").asString()).isEqualTo("cancelled");
		assertThat(Processes.sleeping(FOREVER)).isZero();
	}

	@Test
	void aChildLeftBehindByAProgramThatEndedIsKilled() {
		assertThat(types(run("orphan", "x"))).endsWith("RUN_FINISHED");
		assertThat(Processes.sleeping(FOREVER)).isZero();
	}

	@Test
	void theProgramSeesNothingOfThePortalsEnvironment() {
		String environment = text(run("nosy", "x"));
		assertThat(System.getenv()).containsKeys("PERGOLA_AGENT_BRIDGE_SERVICE_TOKEN");
		assertThat(environment).contains("HOME=" + directory).doesNotContain("JAVA_HOME", TOKEN);
		assertThat(environment.lines().filter((line) -> !line.startsWith("_=")).map((line) -> line.split("=")[0]))
			.isSubsetOf("PATH", "HOME", "LANG", "PYTHONUNBUFFERED", "PERGOLA_PROCESS_TREE", "PWD", "SHLVL", "OLDPWD",
					"TMPDIR");
	}

	@Test
	void itsHomeIsGoneAfterwards() {
		Path home = Path.of(text(run("home", "x")));
		assertThat(home.startsWith(directory)).isTrue();
		await().untilAsserted(() -> assertThat(home).doesNotExist());
	}

	@Test
	void aClientThatGoesAwayDoesNotEndTheRun() {
		String runId = UUID.randomUUID().toString();
		start("words", "p", runId, "x", "").take(2).blockLast(Duration.ofSeconds(10));
		List<JsonNode> events = json(start("words", "p", runId, "x", "").collectList().block(Duration.ofSeconds(20)));
		assertThat(events.getLast().at("/outcome/type").asString()).isEqualTo("success");
	}

	@Test
	void whoSawAnEventOfARunThatIsForgottenStartsNoOther() {
		String runId = UUID.randomUUID().toString();
		assertThat(answer(request("echo", "p", runId, "x").header("Last-Event-ID", "1795956398621-0000000003")))
			.isEqualTo(HttpStatus.NOT_FOUND);
		assertThat(answer(client().get().uri("/bridge/v1/runs/{runId}", runId))).isEqualTo(HttpStatus.NOT_FOUND);
	}

	@Test
	void refusesAnotherRequestUnderTheSameId() {
		String runId = UUID.randomUUID().toString();
		start("echo", "p", runId, "x", "").blockLast(Duration.ofSeconds(10));
		assertThat(status("echo", "p", runId, "y")).isEqualTo(HttpStatus.CONFLICT);
		assertThat(status("echo", "q", runId, "x")).isEqualTo(HttpStatus.CONFLICT);
	}

	@Test
	void onePersonHasOnlySoManyRuns() {
		String person = UUID.randomUUID().toString();
		List<String> runs = List.of(UUID.randomUUID().toString(), UUID.randomUUID().toString());
		runs.forEach((runId) -> start("deaf", person, runId, "x", "").blockFirst(Duration.ofSeconds(10)));
		assertThat(status("echo", person, UUID.randomUUID().toString(), "x")).isEqualTo(HttpStatus.TOO_MANY_REQUESTS);
		runs.forEach(this::cancel);
		runs.forEach((runId) -> start("deaf", person, runId, "x", "").blockLast(Duration.ofSeconds(10)));
		assertThat(text(json(start("echo", person, UUID.randomUUID().toString(), "again", "").collectList().block())))
			.isEqualTo("again");
	}

	@Test
	void onlyTheServiceMayCall() {
		WebClient stranger = WebClient.create("http://localhost:" + this.port);
		for (String token : List.of("", "Bearer ", "Bearer wrong", TOKEN)) {
			assertThat(stranger.get()
				.uri("/bridge/v1/runners")
				.header(HttpHeaders.AUTHORIZATION, token)
				.exchangeToMono((answer) -> Mono.just(answer.statusCode()))
				.block()).isEqualTo(HttpStatus.UNAUTHORIZED);
		}
	}

	@Test
	void whatIsUnknownIsNotFound() {
		assertThat(status("nothing", "p", UUID.randomUUID().toString(), "x")).isEqualTo(HttpStatus.NOT_FOUND);
		assertThat(status("echo", "p", "a/b", "x")).isEqualTo(HttpStatus.BAD_REQUEST);
	}

	private List<JsonNode> run(String runner, String prompt) {
		return json(start(runner, UUID.randomUUID().toString(), UUID.randomUUID().toString(), prompt, "").collectList()
			.block(Duration.ofSeconds(30)));
	}

	private Flux<ServerSentEvent<String>> start(String runner, String person, String runId, String prompt,
			String lastEventId) {
		return request(runner, person, runId, prompt).header("Last-Event-ID", lastEventId)
			.retrieve()
			.bodyToFlux(EVENTS)
			.filter((event) -> event.data() != null);
	}

	private HttpStatusCode status(String runner, String person, String runId, String prompt) {
		return answer(request(runner, person, runId, prompt));
	}

	private static HttpStatusCode answer(WebClient.RequestHeadersSpec<?> request) {
		return request.exchangeToMono((answer) -> answer.releaseBody().thenReturn(answer.statusCode()))
			.block(Duration.ofSeconds(10));
	}

	private WebClient.RequestHeadersSpec<?> request(String runner, String person, String runId, String prompt) {
		Map<String, Object> body = Map.of("threadId", "t", "runId", runId, "messages",
				List.of(Map.of("id", "1", "role", "user", "content", prompt)));
		return client().post()
			.uri("/bridge/v1/runners/{runner}/runs", runner)
			.header("Pergola-Principal", person)
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(JsonMapper.shared().writeValueAsString(body));
	}

	private void cancel(String runId) {
		client().post().uri("/bridge/v1/runs/{runId}/cancel", runId).retrieve().toBodilessEntity().subscribe();
	}

	private WebClient client() {
		return WebClient.builder()
			.baseUrl("http://localhost:" + this.port)
			.codecs((codecs) -> codecs.defaultCodecs().maxInMemorySize(16 * 1024 * 1024))
			.defaultHeaders((headers) -> headers.setBearerAuth(TOKEN))
			.build();
	}

	private static List<JsonNode> json(List<ServerSentEvent<String>> events) {
		return events.stream().map((event) -> JsonMapper.shared().readTree(event.data())).toList();
	}

	private static List<String> types(List<JsonNode> events) {
		return events.stream().map((event) -> event.path("type").asString()).toList();
	}

	private static String text(List<JsonNode> events) {
		StringBuilder text = new StringBuilder();
		events.forEach((event) -> text.append(event.path("delta").asString("")));
		return text.toString();
	}

}
