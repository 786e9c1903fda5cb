package dev.pergola.bff.openapi;

import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import dev.pergola.bff.TestBff;
import dev.pergola.bff.TestCatalog;
import dev.pergola.manifests.Manifest;
import dev.pergola.manifests.Upstream;
import dev.pergola.manifests.catalog.CatalogModule;
import dev.pergola.manifests.catalog.RolloutOverride;
import dev.pergola.manifests.catalog.RolloutShare;
import dev.pergola.manifests.catalog.RuleKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

class OpenApiIntegrationTests {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private static final String TOKEN = TestBff.token("ada");

	private static final WireMockServer registry = new WireMockServer(
			WireMockConfiguration.options().dynamicPort().bindAddress("localhost"));

	private static TestBff bff;

	@BeforeAll
	static void start() {
		registry.start();
		bff = TestBff.start("pergola.registry-client.url=http://localhost:" + registry.port(),
				"pergola.registry-client.service-token=registry-token",
				"pergola.bff.shell-url=http://localhost:" + registry.port());
		CatalogModule off = module("off", List.of(), "1.0.0");
		bff.publish(
				module("deals", List.of(new RolloutOverride(RuleKind.ROLE, "beta", "2.0.0", null)), "1.0.0", "2.0.0"),
				TestCatalog.module("people", "http://people.internal"), TestCatalog.disabled(off, "Until Monday."),
				module("broken", List.of(), "1.0.0"));
		stub("deals", "1.0.0",
				"""
						openapi: 3.1.0
						info: {title: Deals, version: "1"}
						servers: [{url: "http://deals.internal:8080/v1"}]
						security: [{own: []}]
						paths:
						  /deals/{id}:
						    servers: [{url: "http://deals.internal:9999"}]
						    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
						    get:
						      security: [{own: [read]}]
						      servers: [{url: "http://deals.internal:9998"}]
						      responses: {"200": {description: One deal, content: {application/json: {schema: {$ref: "#/components/schemas/Deal"}}}}}
						components:
						  schemas: {Deal: {type: object}}
						  securitySchemes: {own: {type: apiKey, name: X-Key, in: header}}
						""");
		stub("deals", "2.0.0", "{\"openapi\":\"3.0.3\",\"info\":{\"title\":\"New\"},\"paths\":{}}");
		stub("broken", "1.0.0", "- not\n- OpenAPI\n");
		registry.stubFor(get("/openapi-of-the-shell").willReturn(ok("shell")));
	}

	private static void stub(String module, String version, String document) {
		registry
			.stubFor(get("/registry/v1/modules/%s/versions/%s/files/docs/open%%20api.yaml".formatted(module, version))
				.willReturn(ok(document)));
	}

	private static CatalogModule module(String name, List<RolloutOverride> overrides, String... versions) {
		URI url = URI.create("http://%s.internal:8080".formatted(name));
		Map<String, Manifest> all = new LinkedHashMap<>();
		for (String version : versions) {
			all.put(version, new Manifest(1, name, version, null, null, null, null, null, null, null, null, null,
					new Upstream(url, null, "docs/open api.yaml", null), List.of(), List.of(), null));
		}
		return new CatalogModule(name, name, true, null, url, List.of(RolloutShare.of(versions[0], 100)), overrides,
				Map.of(), all);
	}

	@AfterAll
	static void stop() {
		bff.close();
		registry.stop();
	}

	@Test
	void listsTheServicesThatAreDescribedAsThePersonGetsThem() {
		HttpResponse<String> index = bff.get("/openapi", TOKEN);
		assertThat(index.statusCode()).isEqualTo(200);
		JsonNode modules = JSON.readTree(index.body()).path("modules");
		assertThat(modules.valueStream().map((each) -> each.path("module").asString()).toList())
			.containsExactly("deals", "broken");
		assertThat(modules.path(0).toString()).isEqualTo("""
				{"module":"deals","version":"1.0.0","title":"Deals","openapi":"/openapi/deals","api":"/api/deals"}""");
		String beta = TestBff.token("bob", Instant.now().plusSeconds(60), Map.of("roles", List.of("beta")));
		assertThat(bff.get("/openapi", beta).body()).contains("\"version\":\"2.0.0\"");
		assertThat(JSON.readTree(bff.get("/openapi/deals", beta).body()).path("info").path("title").asString())
			.isEqualTo("New");
	}

	@Test
	void aDocumentHasThePortalsAddressesAndTokenInThePlaceOfTheServices() {
		HttpResponse<String> answer = bff.get("/openapi/deals", TOKEN);
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
		assertThat(answer.body()).doesNotContain("internal", "X-Key", "own");
		JsonNode document = JSON.readTree(answer.body());
		assertThat(document.path("servers").toString()).isEqualTo("[{\"url\":\"http://localhost:8080/api/deals/v1\"}]");
		assertThat(document.path("security").toString()).isEqualTo("[{\"accessToken\":[]}]");
		assertThat(document.at("/components/securitySchemes/accessToken/scheme").asString()).isEqualTo("bearer");
		assertThat(document.at("/components/schemas/Deal/type").asString()).isEqualTo("object");
		assertThat(document.at("/paths/~1deals~1{id}/get/responses/200/description").asString()).isEqualTo("One deal");
		assertThat(document.at("/paths/~1deals~1{id}/parameters/0/name").asString()).isEqualTo("id");
	}

	@Test
	void aDocumentIsMadeOnceAndNotSentTwice() {
		String etag = bff.get("/openapi/deals", TOKEN).headers().firstValue("ETag").orElseThrow();
		HttpResponse<String> again = TestBff
			.send(bff.request("/openapi/deals", TOKEN).header("If-None-Match", etag).build());
		assertThat(again.statusCode()).isEqualTo(304);
		assertThat(again.body()).isEmpty();
		assertThat(again.headers().firstValue("Cache-Control")).contains("private, no-cache");
		registry.verify(1,
				getRequestedFor(urlEqualTo("/registry/v1/modules/deals/versions/1.0.0/files/docs/open%20api.yaml")));
	}

	@Test
	void aSessionSeesTheSame() {
		HttpResponse<String> answer = TestBff
			.send(bff.request("/openapi/deals", null).header("Cookie", bff.session("ada")).build());
		assertThat(answer.statusCode()).isEqualTo(200);
	}

	@Test
	void whatCannotBeHadIsAProblem() {
		assertThat(bff.get("/openapi/people", TOKEN).statusCode()).isEqualTo(404);
		assertThat(bff.get("/openapi/nobody", TOKEN).body()).contains("/problems/unknown-module");
		assertThat(bff.get("/openapi/off", TOKEN).body()).contains("/problems/module-disabled", "Until Monday.");
		assertThat(bff.get("/openapi/broken", TOKEN).statusCode()).isEqualTo(502);
		assertThat(bff.get("/openapi/deals/more", TOKEN).statusCode()).isEqualTo(404);
		assertThat(bff.get("/openapi", null).statusCode()).isEqualTo(401);
		assertThat(bff.get("/openapi/deals", null).statusCode()).isEqualTo(401);
		assertThat(bff.get("/openapi/%2e%2e", TOKEN).statusCode()).isEqualTo(400);
	}

}
