package dev.pergola.bridge;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

import dev.pergola.bridge.driver.PipedProgram;
import dev.pergola.bridge.driver.claude.FakeClaude;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/** Programs of several formats, run over HTTP. */
@Timeout(60)
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, classes = AgentBridgeApplication.class)
class FormatsIntegrationTests {

	private static final ParameterizedTypeReference<ServerSentEvent<String>> EVENTS = new ParameterizedTypeReference<>() {
	};

	private static final String CANARY = "canary-" + UUID.randomUUID();

	private static final String TOKEN = "test-" + UUID.randomUUID();

	@TempDir
	static Path directory;

	@LocalServerPort
	private int port;

	private final String threadId = UUID.randomUUID().toString();

	@DynamicPropertySource
	static void settings(DynamicPropertyRegistry settings) {
		settings.add("pergola.agent-bridge.service-token", () -> TOKEN);
		settings.add("pergola.agent-bridge.directory", directory::toString);
		runner(settings, "claude", "claude-stream-json", PipedProgram.java(FakeClaude.class));
		runner(settings, "lines", "ndjson",
				List.of("bash", "-c", "read -r input; echo '{\"delta\":\"Hi\"}'; echo '{\"result\":\"\"}'"));
		runner(settings, "tells", "ndjson", List
			.of("bash", "-c", "read -r input; echo '{\"tool\":{\"id\":\"c\",\"name\":\"env\",\"arguments\":{}}}';"
					+ " echo \"{\\\"toolResult\\\":{\\\"id\\\":\\\"c\\\",\\\"content\\\":\\\"MODEL_KEY=$MODEL_KEY\\\"}}\";"
					+ " echo \"{\\\"delta\\\":\\\"It is ${MODEL_KEY:0:9}\\\"}\"; echo \"{\\\"delta\\\":\\\"${MODEL_KEY:9}.\\\"}\";"
					+ " echo \"{\\\"error\\\":\\\"No use for $MODEL_KEY.\\\"}\""));
		settings.add("pergola.agent-bridge.runners.tells.environment.MODEL_KEY", () -> CANARY);
		runner(settings, "mapped", "ndjson", List.of("bash", "-c", "echo '{\"a\":[\"Hi\"]}'; echo '{\"end\":1}'"));
		settings.add("pergola.agent-bridge.runners.mapped.mapping.text", () -> "/a/0");
		settings.add("pergola.agent-bridge.runners.mapped.mapping.done", () -> "/end");
	}

	@Test
	@Tag("CLI-27")
	void aPersonAllowsAToolInTheNextRunOfTheConversation() {
		List<JsonNode> first = run("claude", "ask", "[]");
		JsonNode outcome = first.getLast().path("outcome");
		assertThat(outcome.path("type").asString()).isEqualTo("interrupt");
		assertThat(outcome.path("interrupts").get(0).path("metadata").path("arguments"))
			.hasToString("{\"path\":\"a\"}");
		List<JsonNode> second = run("claude", "ask", """
				[{"interruptId": "%s", "status": "resolved", "payload": {"decision": "once"}}]"""
			.formatted(outcome.path("interrupts").get(0).path("id").asString()));
		assertThat(types(second))
			.containsSubsequence("RUN_STARTED", "TOOL_CALL_RESULT", "TEXT_MESSAGE_CONTENT", "RUN_FINISHED")
			.doesNotContain("TOOL_CALL_START");
		assertThat(second.getLast().path("outcome").path("type").asString()).isEqualTo("success");
		assertThat(second.getLast().path("usage").get(0).path("provider").asString()).isEqualTo("anthropic");
	}

	@Test
	void linesOfJsonAreAnAnswer() {
		for (String runner : List.of("lines", "mapped")) {
			List<JsonNode> events = run(runner, "hello", "[]");
			assertThat(types(events)).containsExactly("RUN_STARTED", "TEXT_MESSAGE_START", "TEXT_MESSAGE_CONTENT",
					"TEXT_MESSAGE_END", "RUN_FINISHED");
			assertThat(events.getLast().path("outcome").path("type").asString()).isEqualTo("success");
		}
	}

	@Test
	@Tag("CLI-26")
	void aSecretOfAProgramReachesNobodyWhateverTheProgramSays() {
		List<JsonNode> events = run("tells", "hello", "[]");
		assertThat(events.toString()).doesNotContain(CANARY).doesNotContain(CANARY.substring(0, 9));
		assertThat(types(events)).containsExactly("RUN_STARTED", "TOOL_CALL_START", "TOOL_CALL_ARGS", "TOOL_CALL_END",
				"TOOL_CALL_RESULT", "TEXT_MESSAGE_START", "TEXT_MESSAGE_CONTENT", "TEXT_MESSAGE_CONTENT",
				"TEXT_MESSAGE_END", "RUN_ERROR");
		assertThat(events.get(4).path("content").asString()).isEqualTo("MODEL_KEY=[hidden]");
		assertThat(events.getLast().path("message").asString()).isEqualTo("No use for [hidden].");
	}

	private List<JsonNode> run(String runner, String text, String resume) {
		ObjectNode input = JsonMapper.shared()
			.createObjectNode()
			.put("threadId", this.threadId)
			.put("runId", UUID.randomUUID().toString());
		input.putArray("messages").addObject().put("id", "1").put("role", "user").put("content", text);
		input.set("resume", JsonMapper.shared().readTree(resume));
		return WebClient.create("http://localhost:" + this.port)
			.post()
			.uri("/bridge/v1/runners/{runner}/runs", runner)
			.headers((headers) -> headers.setBearerAuth(TOKEN))
			.header("Pergola-Principal", "anna")
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(input.toString())
			.retrieve()
			.bodyToFlux(EVENTS)
			.mapNotNull(ServerSentEvent::data)
			.<JsonNode>map(JsonMapper.shared()::readTree)
			.collectList()
			.block(Duration.ofSeconds(30));
	}

	private static List<String> types(List<JsonNode> events) {
		return events.stream().map((event) -> event.path("type").asString("")).toList();
	}

	private static void runner(DynamicPropertyRegistry settings, String name, String format, List<String> command) {
		String prefix = "pergola.agent-bridge.runners." + name;
		settings.add(prefix + ".format", () -> format);
		for (int index = 0; index < command.size(); index++) {
			String argument = command.get(index);
			settings.add("%s.command[%d]".formatted(prefix, index), () -> argument);
		}
	}

}
