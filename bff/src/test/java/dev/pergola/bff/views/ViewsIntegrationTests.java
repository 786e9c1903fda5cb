package dev.pergola.bff.views;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.pergola.bff.TestBff;
import dev.pergola.bff.TestCatalog;
import dev.pergola.manifests.View;
import dev.pergola.manifests.ViewPart;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

class ViewsIntegrationTests {

	private static final String TOKEN = TestBff.token("ada");

	/** Notices a name that is there twice. */
	private static final JsonMapper STRICT = JsonMapper.builder()
		.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
		.build();

	private static final WireMockServer upstream = new WireMockServer(
			WireMockConfiguration.options().dynamicPort().bindAddress("localhost"));

	private static final AtomicInteger ids = new AtomicInteger();

	private static TestBff bff;

	private final String id = "p" + ids.incrementAndGet();

	@BeforeAll
	static void start() {
		upstream.start();
		bff = TestBff.start("pergola.bff.views.max-part=2KB", "pergola.bff.views.timeout=8s",
				"pergola.bff.views.part-timeout=6s");
		Map<String, ViewPart> parts = new LinkedHashMap<>();
		parts.put("partnership", new ViewPart(null, "/partnerships/{id}", false, null));
		parts.put("owner", new ViewPart("people", "/people/{partnership.ownerId}", true, Duration.ofMillis(600)));
		parts.put("deals", new ViewPart("deals", "/deals?partnership={id}", true, null));
		parts.put("again", new ViewPart("deals", "/deals?partnership={id}", true, null));
		String url = "http://localhost:" + upstream.port();
		bff.publish(TestCatalog.module("partnerships", url, null,
				List.of(new View("/partnerships/{id}/overview", null, parts),
						new View("/partnerships/{id}/deals", null,
								Map.of("deals", new ViewPart("deals", "/deals?partnership={id}", false, null)))),
				List.of()), TestCatalog.module("people", url), TestCatalog.module("deals", url));
	}

	@AfterAll
	static void stop() {
		bff.close();
		upstream.stop();
	}

	@BeforeEach
	void answers() {
		upstream.resetAll();
		upstream.stubFor(get("/partnerships/" + this.id)
			.willReturn(okJson("{ \"id\": \"" + this.id + "\",\n \"ownerId\": \"o 7\" }")));
		upstream.stubFor(get("/people/o%207").willReturn(okJson("{\"name\":\"Ada\"}")));
		upstream.stubFor(get("/deals?partnership=" + this.id).willReturn(okJson("[1,2]")));
	}

	@Test
	void joinsTheAnswersOfSeveralModules() {
		HttpResponse<String> response = view();
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
		assertThat(response.headers().firstValue("Pergola-Complete")).hasValue("true");
		// Copied byte for byte, blanks and all.
		assertThat(response.body()).isEqualTo("{\"partnership\":{ \"id\": \"" + this.id
				+ "\",\n \"ownerId\": \"o 7\" },\"owner\":{\"name\":\"Ada\"},\"deals\":[1,2],\"again\":[1,2],\"_parts\":{}}");
		upstream.verify(
				getRequestedFor(urlEqualTo("/people/o%207")).withHeader("Authorization", equalTo("Bearer " + TOKEN)));
	}

	@Test
	void fetchesTheSameOnlyOnce() {
		view();
		upstream.verify(1, getRequestedFor(urlEqualTo("/deals?partnership=" + this.id)));
	}

	@Test
	void answersWithoutAnOptionalPartThatIsSlow() {
		upstream.stubFor(get("/people/o%207").willReturn(okJson("{}").withFixedDelay(4000)));
		HttpResponse<String> response = view();
		assertThat(response.body()).contains("\"owner\":null", "\"owner\":{\"status\":\"timeout\",\"ms\":", "[1,2]");
		assertThat(response.headers().firstValue("Pergola-Complete")).hasValue("false");
	}

	@Test
	void saysWhyAPartIsMissing() {
		upstream.stubFor(get("/people/o%207").willReturn(aResponse().withStatus(500)));
		upstream.stubFor(
				get("/deals?partnership=" + this.id).willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));
		assertThat(view().body()).contains("\"owner\":{\"status\":\"failed\",\"upstreamStatus\":500,",
				"\"deals\":{\"status\":\"failed\",");
	}

	@Test
	@Tag("security-42")
	void takesNoPartThatIsTooLargeOrNoJson() {
		upstream.stubFor(get("/people/o%207").willReturn(okJson("\"" + "x".repeat(3000) + "\"")));
		upstream.stubFor(get("/deals?partnership=" + this.id)
			.willReturn(aResponse().withHeader("Content-Type", "text/html").withBody("<b>oops</b>")));
		assertThat(view().body()).contains("\"owner\":{\"status\":\"too-large\"", "\"deals\":{\"status\":\"invalid\"")
			.doesNotContain("<b>");
	}

	static List<Named<byte[]>> bodiesThatAreNotOneJsonValue() {
		return List.of(body("injection", "null,\"partnership\":{\"forged\":true}"), body("end of it", "[]}"),
				body("truncation", "{\"a\":[1,"), body("trailing", "[1] [2]"), body("NaN", "NaN"),
				body("line end in a text", "\"a\n\ndata: {}\""), body("invalid UTF-8", "\"\u00c0\u0080\""),
				body("byte order mark", "\u00ef\u00bb\u00bf[]"), body("empty", ""), body("blank", " "));
	}

	private static Named<byte[]> body(String name, String bytes) {
		return Named.of(name, bytes.getBytes(StandardCharsets.ISO_8859_1));
	}

	private void answerDeals(byte[] body) {
		upstream.stubFor(get("/deals?partnership=" + this.id)
			.willReturn(aResponse().withHeader("Content-Type", "application/json").withBody(body)));
	}

	@ParameterizedTest
	@MethodSource("bodiesThatAreNotOneJsonValue")
	void copiesNothingThatIsNotOneJsonValue(byte[] body) {
		answerDeals(body);
		HttpResponse<String> response = view();
		assertThat(response.statusCode()).isEqualTo(200);
		JsonNode answer = STRICT.readTree(response.body());
		assertThat(answer.propertyNames()).containsExactly("partnership", "owner", "deals", "again", "_parts");
		assertThat(answer.at("/partnership/id").asString()).isEqualTo(this.id);
		assertThat(answer.at("/deals").isNull()).isTrue();
		assertThat(answer.at("/_parts/deals/status").asString()).isEqualTo("invalid");
		assertThat(response.headers().firstValue("Pergola-Complete")).hasValue("false");
		assertThat(response.headers().firstValue("ETag")).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("bodiesThatAreNotOneJsonValue")
	void streamsNothingThatIsNotOneJsonValue(byte[] body) {
		answerDeals(body);
		HttpResponse<String> response = TestBff
			.send(bff.request(path(), TOKEN).header("Accept", "text/event-stream").build());
		List<JsonNode> events = response.body()
			.lines()
			.filter((line) -> line.startsWith("data: "))
			.map((line) -> STRICT.readTree(line.substring("data: ".length())))
			.toList();
		assertThat(events).hasSize(5);
		assertThat(events).filteredOn((event) -> event.at("/part").asString().equals("deals"))
			.singleElement()
			.satisfies((event) -> assertThat(event.at("/value").isNull()).isTrue())
			.satisfies((event) -> assertThat(event.at("/missing/status").asString()).isEqualTo("invalid"));
		assertThat(events.getLast().at("/complete").asBoolean()).isFalse();
	}

	@ParameterizedTest
	@MethodSource("bodiesThatAreNotOneJsonValue")
	void namesARequiredPartThatIsNotOneJsonValue(byte[] body) {
		answerDeals(body);
		HttpResponse<String> response = bff.get("/views/partnerships/partnerships/" + this.id + "/deals", TOKEN);
		assertThat(response.statusCode()).isEqualTo(502);
		assertThat(response.body()).contains("/problems/view-part-failed", "\"part\":\"deals\"",
				"\"partStatus\":\"invalid\"");
	}

	@Test
	void passesOnWhatVendorsAddToTheTrace() {
		TestBff.send(bff.request(path(), TOKEN)
			.header("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00")
			.header("tracestate", "vendor=1")
			.build());
		upstream.verify(getRequestedFor(urlEqualTo("/deals?partnership=" + this.id))
			.withHeader("traceparent", matching("00-4bf92f3577b34da6a3ce929d0e0e4736-.*"))
			.withHeader("tracestate", equalTo("vendor=1")));
	}

	@Test
	void leavesOutAPartThatNeedsWhatIsNotThere() {
		upstream.stubFor(get("/partnerships/" + this.id).willReturn(okJson("{\"ownerId\":null}")));
		assertThat(view().body()).contains("\"owner\":null", "\"owner\":{\"status\":\"skipped\"");
	}

	@Test
	void letsNoValueLeaveItsPlaceInThePath() {
		upstream.stubFor(get("/partnerships/" + this.id).willReturn(okJson("{\"ownerId\":\"../admin\"}")));
		assertThat(view().body()).contains("\"owner\":{\"status\":\"skipped\"");
	}

	@Test
	void namesARequiredPartThatIsMissing() {
		upstream.stubFor(get("/partnerships/" + this.id).willReturn(aResponse().withStatus(500)));
		HttpResponse<String> response = view();
		assertThat(response.statusCode()).isEqualTo(502);
		assertThat(response.body()).contains("/problems/view-part-failed", "\"part\":\"partnership\"", "traceId")
			.doesNotContain("localhost");
	}

	@Test
	void passesOnThatTheThingItselfIsNotThere() {
		upstream.stubFor(get("/partnerships/" + this.id).willReturn(aResponse().withStatus(404)));
		assertThat(view().statusCode()).isEqualTo(404);
	}

	@Test
	void deliversPartsAsTheyComeToAClientThatStreams() {
		HttpResponse<String> response = TestBff
			.send(bff.request(path(), TOKEN).header("Accept", "text/event-stream").build());
		assertThat(response.headers().firstValue("Content-Type")).hasValue("text/event-stream");
		assertThat(response.body()).startsWith(": pergola\n\n")
			.contains(
					"data: {\"part\":\"partnership\",\"value\":{ \"id\": \"" + this.id
							+ "\",  \"ownerId\": \"o 7\" }}\n\n",
					"data: {\"part\":\"owner\",\"value\":{\"name\":\"Ada\"}}\n\n")
			.endsWith("data: {\"complete\":true}\n\n");
	}

	@Test
	void answersForViewsThatAreNotThere() {
		assertThat(bff.get("/views/partnerships/nothing", TOKEN).body()).contains("/problems/unknown-view");
		assertThat(bff.get("/views/nothing/x", TOKEN).body()).contains("/problems/unknown-module");
		assertThat(bff.get(path(), null).statusCode()).isEqualTo(401);
	}

	private HttpResponse<String> view() {
		return bff.get(path(), TOKEN);
	}

	private String path() {
		return "/views/partnerships/partnerships/" + this.id + "/overview";
	}

}
