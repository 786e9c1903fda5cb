package dev.pergola.bff.contracts;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import dev.pergola.bff.TestBff;
import dev.pergola.bff.TestCatalog;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class ContractsIntegrationTests {

	private static final String TOKEN = TestBff.token("ada");

	private static final String DESCRIPTION = """
			{ "openapi": "3.0.3", "info": { "title": "Deals", "version": "1" },
			  "paths": { "/deals": {
			    "get": { "parameters": [ { "name": "limit", "in": "query", "schema": { "type": "integer" } } ],
			             "responses": { "200": { "description": "all", "content": { "application/json": {
			               "schema": { "type": "array", "items": { "type": "integer" } } } } } } },
			    "post": { "requestBody": { "required": true, "content": {
			                "application/json": { "schema": { "type": "object", "required": ["title"],
			                  "properties": { "title": { "type": "string" } } } },
			                "text/csv": {} } },
			              "responses": { "default": { "description": "any" } } } } } }
			""";

	private static final WireMockServer services = new WireMockServer(
			WireMockConfiguration.options().dynamicPort().bindAddress("localhost"));

	private static final WireMockServer registry = new WireMockServer(
			WireMockConfiguration.options().dynamicPort().bindAddress("localhost"));

	private static TestBff bff;

	@BeforeAll
	static void start() {
		services.start();
		registry.start();
		registry
			.stubFor(get("/registry/v1/modules/strict/versions/1.0.0/files/openapi.json").willReturn(ok(DESCRIPTION)));
		registry.stubFor(get("/registry/v1/modules/watched/versions/1.0.0/files/docs/open%20api.json")
			.willReturn(ok(DESCRIPTION)));
		registry.stubFor(get("/registry/v1/modules/broken/versions/1.0.0/files/openapi.json").willReturn(ok("{")));
		bff = TestBff.start("pergola.registry-client.url=http://localhost:" + registry.port(),
				"pergola.registry-client.service-token=registry-token", "pergola.bff.contracts.modules.strict=enforce",
				"pergola.bff.contracts.modules.broken=enforce", "pergola.bff.contracts.modules.away=enforce",
				"pergola.bff.contracts.modules.without=enforce", "pergola.bff.contracts.modules.watched=observe",
				"pergola.bff.contracts.responses=1", "pergola.bff.contracts.max-body=1KB",
				"pergola.bff.contracts.max-wait=6s");
		String url = "http://localhost:" + services.port();
		bff.publish(TestCatalog.described("strict", url, "openapi.json"),
				TestCatalog.described("watched", url, "docs/open api.json"),
				TestCatalog.described("broken", url, "openapi.json"),
				TestCatalog.described("away", url, "openapi.json"), TestCatalog.described("plain", url, "openapi.json"),
				TestCatalog.module("without", url));
	}

	@AfterAll
	static void stop() {
		bff.close();
		services.stop();
		registry.stop();
	}

	@BeforeEach
	void answers() {
		services.resetAll();
		services.stubFor(any(anyUrl()).willReturn(okJson("[1]")));
		services.resetRequests();
	}

	@Test
	void refusesWhatIsNotAsDescribedAndSaysWhere() {
		HttpResponse<String> response = post("strict", "application/json", "{\"title\":7}");
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
		assertThat(response.body()).contains("/problems/contract-violation",
				"\"violations\":[{\"in\":\"body\",\"pointer\":\"/title\",\"message\":\"integer found, string expected\"}]",
				"traceId");
		assertThat(bff.get("/api/strict/deals?limit=many", TOKEN).body())
			.contains("{\"in\":\"query\",\"pointer\":\"/limit\"");
		assertThat(bff.get("/api/strict/offers", TOKEN).body()).contains("{\"in\":\"path\",\"pointer\":\"\"");
		assertThat(post("strict", "text/html", "<b>").body()).contains("\"pointer\":\"/Content-Type\"");
		services.verify(0, anyRequestedFor(anyUrl()));
	}

	@Test
	void letsNobodyHideABody() {
		HttpRequest.BodyPublisher body = BodyPublishers.ofString("{\"title\":7}");
		HttpRequest encoded = HttpRequest.newBuilder(request("strict", "application/json", body), (name, value) -> true)
			.header("Content-Encoding", "identity")
			.build();
		assertThat(TestBff.send(encoded).body()).contains("\"pointer\":\"/Content-Encoding\"");
		HttpRequest twoTypes = HttpRequest.newBuilder(request("strict", "text/csv", body), (name, value) -> true)
			.header("Content-Type", "application/json")
			.build();
		assertThat(TestBff.send(twoTypes).body()).contains("\"pointer\":\"/Content-Type\"");
		assertThat(post("strict", "application/json", "{\"title\":7,\"title\":\"a\"}").statusCode()).isEqualTo(400);
		services.verify(0, anyRequestedFor(anyUrl()));
	}

	@Test
	void letsEverythingElsePassAsItIs() {
		String body = "{ \"title\":\t\"a\" }";
		assertThat(post("strict", "application/json", body).statusCode()).isEqualTo(200);
		assertThat(post("strict", "text/csv", "a".repeat(5000)).statusCode()).isEqualTo(200);
		assertThat(bff.get("/api/strict/deals?limit=5&other=1", TOKEN).body()).isEqualTo("[1]");
		services.verify(postRequestedFor(urlEqualTo("/deals")).withRequestBody(equalTo(body))
			.withHeader("Authorization", equalTo("Bearer " + TOKEN)));
		services.verify(postRequestedFor(urlEqualTo("/deals")).withRequestBody(equalTo("a".repeat(5000))));
	}

	@Test
	void readsNoBodyThatIsTooLarge() {
		String large = "{\"title\":\"" + "a".repeat(2000) + "\"}";
		assertThat(post("strict", "application/json", large).statusCode()).isEqualTo(413);
		HttpRequest chunked = request("strict", "application/json",
				BodyPublishers.fromPublisher(BodyPublishers.ofString(large)));
		assertThat(TestBff.send(chunked).statusCode()).isEqualTo(413);
		services.verify(0, anyRequestedFor(anyUrl()));
		double before = count("watched", "request", "skipped");
		assertThat(post("watched", "application/json", large).statusCode()).isEqualTo(200);
		assertThat(count("watched", "request", "skipped")).isEqualTo(before + 1);
	}

	@Test
	void onlyCountsWhereItObserves() {
		double before = count("watched", "request", "violation");
		assertThat(post("watched", "application/json", "{\"title\":7}").statusCode()).isEqualTo(200);
		assertThat(bff.get("/api/watched/offers", TOKEN).statusCode()).isEqualTo(200);
		await().until(() -> count("watched", "request", "violation") == before + 2);
		services.verify(postRequestedFor(urlEqualTo("/deals")).withRequestBody(equalTo("{\"title\":7}")));
	}

	@Test
	void countsAnswersThatAreNotAsDescribed() {
		double valid = count("watched", "response", "valid");
		double violations = count("watched", "response", "violation");
		bff.get("/api/watched/deals", TOKEN);
		services.stubFor(get("/deals").willReturn(okJson("[\"one\"]")));
		assertThat(bff.get("/api/watched/deals", TOKEN).body()).isEqualTo("[\"one\"]");
		services.stubFor(get("/deals").willReturn(aResponse().withStatus(404)));
		assertThat(bff.get("/api/watched/deals", TOKEN).statusCode()).isEqualTo(404);
		await().until(() -> count("watched", "response", "violation") == violations + 2);
		await().until(() -> count("watched", "response", "valid") == valid + 1);
	}

	@Test
	void aDescriptionThatIsMissingHoldsNothingUp() {
		for (String module : new String[] { "broken", "away", "without" }) {
			double before = count(module, "request", "undescribed");
			assertThat(bff.get("/api/" + module + "/anything", TOKEN).statusCode()).as(module).isEqualTo(200);
			assertThat(count(module, "request", "undescribed")).as(module).isEqualTo(before + 1);
		}
		registry.verify(1,
				getRequestedFor(urlEqualTo("/registry/v1/modules/strict/versions/1.0.0/files/openapi.json")));
	}

	@Test
	void takesTheLongWayWhereItLooksAndTheDirectOneElsewhere() {
		String cookie = bff.session("ada");
		double before = direct();
		assertThat(browse(cookie, "/api/strict/deals?limit=many").statusCode()).isEqualTo(400);
		assertThat(browse(cookie, "/api/watched/deals").statusCode()).isEqualTo(200);
		assertThat(direct()).isEqualTo(before);
		assertThat(browse(cookie, "/api/plain/deals?limit=many").statusCode()).isEqualTo(200);
		await().atMost(Duration.ofSeconds(5)).until(() -> {
			browse(cookie, "/api/plain/deals");
			return direct() > before;
		});
	}

	private static HttpResponse<String> browse(String cookie, String path) {
		return TestBff.send(bff.request(path, null).header("Cookie", cookie).header("X-Pergola", "1").build());
	}

	private static double direct() {
		return bff.context()
			.getBean(MeterRegistry.class)
			.get("pergola.bff.direct")
			.meter() instanceof FunctionCounter counter ? counter.count() : -1;
	}

	private static double count(String module, String side, String result) {
		Counter counter = bff.context()
			.getBean(MeterRegistry.class)
			.find("pergola.bff.contracts")
			.tags("module", module, "side", side, "result", result)
			.counter();
		return (counter != null) ? counter.count() : 0;
	}

	private static HttpResponse<String> post(String module, String type, String body) {
		return TestBff.send(request(module, type, BodyPublishers.ofString(body)));
	}

	private static HttpRequest request(String module, String type, HttpRequest.BodyPublisher body) {
		return bff.request("/api/" + module + "/deals", TOKEN).header("Content-Type", type).POST(body).build();
	}

}
