package dev.pergola.samples.agents.claude;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

import dev.pergola.manifests.ManifestReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class StandInModelIntegrationTests {

	private static final String QUESTION = """
			{"stream": true, "messages": [{"role": "user", "content": "%s"}]}""";

	private final StandInModel model = StandInModel.start("key", Duration.ZERO);

	StandInModelIntegrationTests() throws IOException {
	}

	@AfterEach
	void close() {
		this.model.close();
	}

	@Test
	void streamsAMessageWordByWord() throws Exception {
		HttpResponse<String> answer = post("/v1/messages?beta=true", "key", QUESTION.formatted("Sing!"));
		assertThat(answer.headers().firstValue("content-type")).contains("text/event-stream");
		List<JsonNode> events = events(answer);
		assertThat(events).first().satisfies((event) -> assertThat(type(event)).isEqualTo("message_start"));
		assertThat(events).last().satisfies((event) -> assertThat(type(event)).isEqualTo("message_stop"));
		assertThat(events.stream().filter((event) -> type(event).equals("content_block_delta"))).hasSizeGreaterThan(30);
		assertThat(events.get(events.size() - 2).at("/delta/stop_reason").asString()).isEqualTo("end_turn");
	}

	@Test
	void streamsTheUseOfATool() throws Exception {
		List<JsonNode> events = events(post("/v1/messages", "key", QUESTION.formatted("Brief me on d-2003")));
		assertThat(events).anySatisfy((event) -> {
			assertThat(event.at("/content_block/name").asString()).isEqualTo("Read");
			assertThat(event.path("index").asInt()).isEqualTo(1);
		});
		assertThat(events.get(events.size() - 2).at("/delta/stop_reason").asString()).isEqualTo("tool_use");
	}

	@Test
	void refusesWhatIsNoRequestOfItsOwn() throws Exception {
		assertThat(post("/v1/messages", "another", QUESTION).statusCode()).isEqualTo(401);
		assertThat(post("/v1/models", "key", QUESTION).statusCode()).isEqualTo(404);
		assertThat(post("/v1/messages", "key", "{").statusCode()).isEqualTo(400);
	}

	@Test
	void theModuleThatOffersItCanBePublished() throws IOException {
		try (InputStream manifest = getClass().getResourceAsStream("/samples/claude/module/manifest.json")) {
			assertThat(new ManifestReader().read(Objects.requireNonNull(manifest).readAllBytes()).findings()).isEmpty();
		}
		assertThat(getClass().getResource("/samples/claude/module/claude.js")).isNotNull();
	}

	private HttpResponse<String> post(String path, String key, String body) throws Exception {
		try (HttpClient client = HttpClient.newHttpClient()) {
			return client.send(HttpRequest.newBuilder(URI.create(this.model.uri() + path))
				.header("x-api-key", key)
				.timeout(Duration.ofSeconds(20))
				.POST(HttpRequest.BodyPublishers.ofString(body))
				.build(), HttpResponse.BodyHandlers.ofString());
		}
	}

	private static List<JsonNode> events(HttpResponse<String> answer) {
		return answer.body()
			.lines()
			.filter((line) -> line.startsWith("data: "))
			.map((line) -> JsonMapper.shared().readTree(line.substring(6)))
			.toList();
	}

	private static String type(JsonNode event) {
		return event.path("type").asString();
	}

}
