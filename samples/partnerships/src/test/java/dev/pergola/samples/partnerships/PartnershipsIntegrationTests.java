package dev.pergola.samples.partnerships;

import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class PartnershipsIntegrationTests {

	private static final JsonMapper MAPPER = new JsonMapper();

	private static final HttpClient CLIENT = HttpClient.newHttpClient();

	@TempDir
	static Path directory;

	static TestIssuer issuer;

	static int port;

	static AutoCloseable service;

	static String reader;

	static String writer;

	@BeforeAll
	static void start() throws Exception {
		issuer = new TestIssuer();
		port = freePort();
		service = PartnershipsApplication.start(settings());
		reader = issuer.token("designer", List.of("designer"), List.of("partnerships:read"));
		writer = issuer.token("business", List.of("business"), List.of("partnerships:read"));
	}

	@AfterAll
	static void stop() throws Exception {
		service.close();
		issuer.close();
	}

	@Test
	void listsWhatMatchesTheWords() throws Exception {
		JsonNode all = json(get("/partnerships", reader));
		JsonNode found = json(get("/partnerships?q=HaFenKette", reader));
		assertThat(all.get("total").asInt()).isGreaterThanOrEqualTo(50);
		assertThat(found.get("items")).hasSize(1);
		assertThat(found.at("/items/0/id").asString()).isEqualTo("p-1001");
		assertThat(json(get("/partnerships?limit=3&offset=48", reader)).get("items").size()).isBetween(2, 3);
	}

	@Test
	void sumsUpEachStatus() throws Exception {
		JsonNode summary = json(get("/partnerships/summary", reader));
		assertThat(summary.at("/active/count").asInt()).isPositive();
		assertThat(summary.at("/active/annualTarget").asLong()).isPositive();
	}

	@Test
	void savesAChangeMadeOnTheLatestRevision() throws Exception {
		HttpResponse<String> before = get("/partnerships/p-1010", writer);
		String tag = before.headers().firstValue("ETag").orElseThrow();
		HttpResponse<String> saved = put("/partnerships/p-1010", writer, tag, change("Renamed"));
		assertThat(saved.statusCode()).isEqualTo(200);
		assertThat(json(saved).get("name").asString()).isEqualTo("Renamed");
		assertThat(saved.headers().firstValue("ETag")).isPresent().isNotEqualTo(before.headers().firstValue("ETag"));
		HttpResponse<String> stale = put("/partnerships/p-1010", writer, tag, change("Too late"));
		assertThat(stale.statusCode()).isEqualTo(412);
		assertThat(json(stale).at("/current/name").asString()).isEqualTo("Renamed");
	}

	@Test
	void asksWhichRevisionWasChanged() throws Exception {
		HttpRequest request = request("/partnerships/p-1011", writer).header("Content-Type", "application/json")
			.PUT(HttpRequest.BodyPublishers.ofString(change("x")))
			.build();
		assertProblem(send(request), 428, "/problems/precondition-required");
	}

	@Test
	void namesEverythingWrongWithAChange() throws Exception {
		HttpResponse<String> answer = put("/partnerships/p-1012", writer, "\"1\"",
				"{\"name\": \" \", \"status\": \"x\"}");
		assertProblem(answer, 422, "/problems/invalid");
		assertThat(json(answer).get("findings")).extracting((finding) -> finding.get("pointer").asString())
			.contains("/name", "/status", "/annualTarget");
	}

	@Test
	void addsAPartnership() throws Exception {
		HttpRequest request = request("/partnerships", writer).header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString("""
					{"name": "Quarry Lane: stone data", "organizationId": "quarry-lane", "ownerId": "jonas-brandt",
					 "type": "referral", "annualTarget": 5000}"""))
			.build();
		HttpResponse<String> created = send(request);
		assertThat(created.statusCode()).isEqualTo(201);
		String location = created.headers().firstValue("Location").orElseThrow();
		assertThat(json(get(location, reader)).get("name").asString()).isEqualTo("Quarry Lane: stone data");
	}

	@Test
	void letsOnlyThoseReadWhoMay() throws Exception {
		assertProblem(send(HttpRequest.newBuilder(address("/partnerships")).build()), 401, "/problems/unauthorized");
		assertProblem(get("/partnerships", issuer.token("guest", List.of("business"), List.of("deals:read"))), 403,
				"/problems/forbidden");
		assertProblem(get("/partnerships", issuer.expiredToken()), 401, "/problems/unauthorized");
		assertProblem(get("/partnerships", issuer.tokenOfAnotherKey()), 401, "/problems/unauthorized");
		assertProblem(get("/partnerships", "not.a.token"), 401, "/problems/unauthorized");
	}

	@Test
	void letsOnlyBusinessAndAdministratorsWrite() throws Exception {
		assertProblem(put("/partnerships/p-1013", reader, "\"1\"", change("x")), 403, "/problems/forbidden");
	}

	@Test
	void answersUnknownIdsAndBodiesWithProblems() throws Exception {
		assertProblem(get("/partnerships/p-9", reader), 404, "/problems/not-found");
		assertProblem(get("/elsewhere", reader), 404, "/problems/not-found");
		assertProblem(put("/partnerships/p-1014", writer, "\"1\"", "{"), 400, "/problems/unreadable");
	}

	@Test
	void keepsTheTraceOfTheCaller() throws Exception {
		HttpRequest request = request("/partnerships/p-9", reader)
			.header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
			.build();
		assertThat(json(send(request)).get("traceId").asString()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
	}

	@Test
	void startsWithoutItsIssuerAndKeepsItsDataOverARestart(@TempDir Path own) throws Exception {
		int first = freePort();
		Map<String, String> settings = Map.of("port", String.valueOf(first), "issuer", "http://127.0.0.1:" + freePort(),
				"directory", own.toString());
		try (AutoCloseable alone = PartnershipsApplication.start(settings)) {
			HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + first + "/partnerships"))
				.header("Authorization", "Bearer " + reader)
				.build();
			assertProblem(send(request), 503, "/problems/issuer-unavailable");
		}
		int second = freePort();
		Map<String, String> again = Map.of("port", String.valueOf(second), "issuer", issuer.address(), "directory",
				own.toString());
		for (int start = 1; start <= 2; start++) {
			try (AutoCloseable alone = PartnershipsApplication.start(again)) {
				HttpRequest request = HttpRequest
					.newBuilder(URI.create("http://127.0.0.1:" + second + "/partnerships/p-1001"))
					.header("Authorization", "Bearer " + writer)
					.header("Content-Type", "application/json")
					.header("If-Match", "\"" + start + "\"")
					.PUT(HttpRequest.BodyPublishers.ofString(change("Start " + start)))
					.build();
				assertThat(json(send(request)).get("revision").asInt()).isEqualTo(start + 1);
			}
		}
	}

	private static String change(String name) {
		return """
				{"name": "%s", "ownerId": "jonas-brandt", "type": "co-sell", "status": "active", "tier": "gold",
				 "annualTarget": 120000, "lastContactOn": "2026-11-01", "nextStep": "Call", "notes": "None"}"""
			.formatted(name);
	}

	private static Map<String, String> settings() {
		return Map.of("port", String.valueOf(port), "issuer", issuer.address(), "directory", directory.toString());
	}

	private static void assertProblem(HttpResponse<String> answer, int status, String type) {
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
		assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
		assertThat(json(answer).get("type").asString()).isEqualTo(type);
		assertThat(json(answer).get("traceId").asString()).matches("[0-9a-f]{32}");
	}

	private static HttpResponse<String> get(String path, String token) throws Exception {
		return send(request(path, token).build());
	}

	private static HttpResponse<String> put(String path, String token, String tag, String body) throws Exception {
		return send(request(path, token).header("Content-Type", "application/json")
			.header("If-Match", tag)
			.PUT(HttpRequest.BodyPublishers.ofString(body))
			.build());
	}

	private static HttpRequest.Builder request(String path, String token) {
		return HttpRequest.newBuilder(address(path)).header("Authorization", "Bearer " + token);
	}

	private static URI address(String path) {
		return URI.create("http://127.0.0.1:" + port + path);
	}

	private static HttpResponse<String> send(HttpRequest request) throws Exception {
		return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
	}

	private static JsonNode json(HttpResponse<String> answer) {
		return MAPPER.readTree(answer.body());
	}

	private static int freePort() throws Exception {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

}
