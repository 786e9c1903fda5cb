package dev.pergola.samples.deals;

import java.io.InputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class DealsIntegrationTests {

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
		service = DealsApplication.start(Map.of("port", String.valueOf(port), "issuer", issuer.address(), "directory",
				directory.toString(), "pace", "0"));
		reader = issuer.token("designer", List.of("designer"), List.of("deals:read"));
		writer = issuer.token("business", List.of("business"), List.of("deals:read", "deals:agent"));
	}

	@AfterAll
	static void stop() throws Exception {
		service.close();
		issuer.close();
	}

	@Test
	void listsDealsOfAPartnership() throws Exception {
		JsonNode all = json(get("/deals", reader));
		assertThat(all.get("total").asInt()).isEqualTo(54);
		String partnership = all.at("/items/0/partnershipId").asString();
		assertThat(json(get("/deals?partnership=" + partnership, reader)).get("items")).isNotEmpty()
			.allSatisfy((deal) -> assertThat(deal.get("partnershipId").asString()).isEqualTo(partnership));
		assertThat(json(get("/deals?open=true", reader)).get("items"))
			.allSatisfy((deal) -> assertThat(deal.get("stage").asString()).isNotIn("won", "lost"));
		assertThat(json(get("/deals?q=zzz", reader)).get("total").asInt()).isZero();
	}

	@Test
	void movesADealOnTheRevisionSeen() throws Exception {
		HttpResponse<String> before = get("/deals/d-2003", writer);
		String tag = before.headers().firstValue("ETag").orElseThrow();
		JsonNode moved = json(move("d-2003", writer, tag, "won"));
		assertThat(moved.get("stage").asString()).isEqualTo("won");
		assertThat(moved.get("probability").asInt()).isEqualTo(100);
		HttpResponse<String> stale = move("d-2003", writer, tag, "lost");
		assertProblem(stale, 412, "/problems/stale");
		assertThat(json(stale).at("/current/stage").asString()).isEqualTo("won");
		assertProblem(move("d-2003", writer, "\"2\"", "sold"), 422, "/problems/invalid");
		assertProblem(move("d-2003", reader, "\"2\"", "lost"), 403, "/problems/forbidden");
	}

	@Test
	void letsOnlyThoseReadWhoMay() throws Exception {
		assertProblem(send(HttpRequest.newBuilder(address("/deals")).build()), 401, "/problems/unauthorized");
		assertProblem(get("/deals", issuer.token("guest", List.of("business"), List.of("people:read"))), 403,
				"/problems/forbidden");
		assertProblem(get("/deals", issuer.expiredToken()), 401, "/problems/unauthorized");
		assertProblem(get("/deals", issuer.tokenOfAnotherKey()), 401, "/problems/unauthorized");
		assertProblem(get("/deals", "e30.e30."), 401, "/problems/unauthorized");
	}

	@Test
	void answersUnknownIdsAndBrokenQueriesWithProblems() throws Exception {
		assertProblem(get("/deals/d-1", reader), 404, "/problems/not-found");
		assertProblem(get("/elsewhere", reader), 404, "/problems/not-found");
		assertProblem(get("/deals?until=tomorrow", reader), 400, "/problems/unreadable");
	}

	@Test
	void streamsItsResearchAsAgentEvents() throws Exception {
		List<JsonNode> events = run("Which deals in negotiation close soon?");
		assertThat(events).extracting((event) -> event.get("type").asString())
			.startsWith("RUN_STARTED", "TEXT_MESSAGE_START", "TEXT_MESSAGE_CONTENT")
			.containsSubsequence("TEXT_MESSAGE_END", "TOOL_CALL_START", "TOOL_CALL_ARGS", "TOOL_CALL_END",
					"TOOL_CALL_RESULT", "TEXT_MESSAGE_START", "TEXT_MESSAGE_END", "RUN_FINISHED")
			.endsWith("RUN_FINISHED");
		assertThat(events.getFirst().get("runId").asString()).isEqualTo("r1");
		assertThat(text(events)).contains("negotiation", "weighted by stage", "How I got there");
	}

	@Test
	void saysWhatItCanDoWhenItDoesNotUnderstand() throws Exception {
		assertThat(text(run(""))).contains("For example");
	}

	@Test
	void changesADealOnlyOnceThePersonAllowedIt() throws Exception {
		JsonNode deal = json(get("/deals?open=true", reader)).at("/items/0");
		String prompt = "Note the deals with %s, %s in %s as at risk".formatted(deal.get("customer").asString(),
				deal.get("stage").asString(), deal.get("industry").asString());
		List<JsonNode> asked = run(prompt);
		JsonNode interrupt = asked.getLast().at("/outcome/interrupts/0");
		assertThat(interrupt.at("/metadata/consequence").asString()).matches("\\d+ deals?");
		assertThat(interrupt.at("/metadata/arguments/deals").toString()).contains(deal.get("id").asString());
		assertThat(interrupt.get("toolCallId").asString()).isEqualTo(asked.stream()
			.filter((event) -> event.get("type").asString().equals("TOOL_CALL_START"))
			.findFirst()
			.orElseThrow()
			.get("toolCallId")
			.asString());
		assertThat(atRisk(deal)).isFalse();
		String stranger = issuer.token("other", List.of("business"), List.of("deals:read", "deals:agent"));
		assertThat(text(resume(stranger, interrupt.get("id").asString(), "once"))).contains("no longer open");
		assertThat(text(resume(writer, "made-up", "once"))).contains("no longer open");
		assertThat(atRisk(deal)).isFalse();
		assertThat(text(resume(writer, interrupt.get("id").asString(), "once"))).contains("noted as at risk");
		assertThat(atRisk(deal)).isTrue();
		assertThat(text(resume(writer, interrupt.get("id").asString(), "once"))).as("used up")
			.contains("no longer open");
	}

	@Test
	void aRefusalChangesNothing() throws Exception {
		JsonNode deal = json(get("/deals?open=true", reader)).at("/items/1");
		JsonNode interrupt = run("Mark " + deal.get("customer").asString() + " as a risk").getLast()
			.at("/outcome/interrupts/0");
		List<JsonNode> answer = resume(writer, interrupt.get("id").asString(), "refuse");
		assertThat(text(answer)).contains("as it is");
		assertThat(answer).anySatisfy((event) -> assertThat(event.path("content").asString("")).contains("refused"));
		assertThat(atRisk(deal)).isFalse();
	}

	@Test
	void whoMayOnlyReadIsNotAskedToDecide() throws Exception {
		String readOnly = issuer.token("designer", List.of("designer"), List.of("deals:read", "deals:agent"));
		List<JsonNode> events = events(send(ask(readOnly, "Note the deals in Health as at risk")));
		assertThat(events.getLast().at("/outcome/type").asString()).isEqualTo("success");
		assertThat(text(events)).contains("not change them");
	}

	@Test
	void letsOnlyThoseAskTheAgentWhoMay() throws Exception {
		assertProblem(send(ask(reader, "all")), 403, "/problems/forbidden");
	}

	@Test
	void goesOnServingWhenAListenerLeaves() throws Exception {
		HttpResponse<InputStream> stream = CLIENT.send(ask(writer, "Summary of everything"),
				HttpResponse.BodyHandlers.ofInputStream());
		assertThat(stream.body().read()).isPositive();
		stream.body().close();
		assertThat(get("/deals", reader).statusCode()).isEqualTo(200);
	}

	@Test
	void startsWithoutItsIssuerAndKeepsItsDataOverARestart(@TempDir Path own) throws Exception {
		int other = freePort();
		URI deal = URI.create("http://127.0.0.1:" + other + "/deals/d-2001");
		try (AutoCloseable alone = DealsApplication.start(Map.of("port", String.valueOf(other), "issuer",
				"http://127.0.0.1:" + freePort(), "directory", own.toString()))) {
			assertProblem(send(HttpRequest.newBuilder(deal).header("Authorization", "Bearer " + reader).build()), 503,
					"/problems/issuer-unavailable");
		}
		for (int start = 1; start <= 2; start++) {
			try (AutoCloseable alone = DealsApplication.start(
					Map.of("port", String.valueOf(other), "issuer", issuer.address(), "directory", own.toString()))) {
				HttpRequest request = HttpRequest.newBuilder(URI.create(deal + "/stage"))
					.header("Authorization", "Bearer " + writer)
					.header("If-Match", "\"" + start + "\"")
					.PUT(HttpRequest.BodyPublishers.ofString("{\"stage\": \"lost\"}"))
					.build();
				assertThat(json(send(request)).get("revision").asInt()).isEqualTo(start + 1);
			}
		}
	}

	private static boolean atRisk(JsonNode deal) throws Exception {
		return json(get("/deals/" + deal.get("id").asString(), reader)).get("atRisk").asBoolean();
	}

	private static List<JsonNode> resume(String token, String interruptId, String decision) throws Exception {
		return events(send(request("/agents/deal-researcher", token).header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString("""
					{"threadId": "t1", "runId": "r2", "messages": [],
					 "resume": [{"interruptId": "%s", "status": "resolved", "payload": {"decision": "%s"}}]}"""
				.formatted(interruptId, decision)))
			.build()));
	}

	private static List<JsonNode> run(String prompt) throws Exception {
		return events(send(ask(writer, prompt)));
	}

	private static List<JsonNode> events(HttpResponse<String> answer) {
		assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/event-stream");
		return answer.body()
			.lines()
			.filter((line) -> line.startsWith("data: "))
			.map((line) -> MAPPER.readTree(line.substring(6)))
			.toList();
	}

	private static String text(List<JsonNode> events) {
		return events.stream()
			.filter((event) -> event.get("type").asString().equals("TEXT_MESSAGE_CONTENT"))
			.map((event) -> event.get("delta").asString())
			.collect(Collectors.joining());
	}

	private static HttpRequest ask(String token, String prompt) {
		return request("/agents/deal-researcher", token).header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString("""
					{"threadId": "t1", "runId": "r1", "state": {}, "tools": [], "context": [], "forwardedProps": {},
					 "messages": [{"id": "m1", "role": "user", "content": "%s"}]}""".formatted(prompt)))
			.build();
	}

	private static HttpResponse<String> move(String id, String token, String tag, String stage) throws Exception {
		return send(request("/deals/" + id + "/stage", token).header("If-Match", tag)
			.PUT(HttpRequest.BodyPublishers.ofString("{\"stage\": \"" + stage + "\"}"))
			.build());
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
