package dev.pergola.bff.views;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import dev.pergola.bff.TestBff;
import dev.pergola.bff.TestCatalog;
import dev.pergola.manifests.ManifestReader;
import dev.pergola.manifests.ManifestReading;
import dev.pergola.manifests.catalog.CatalogModule;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** docs/views.md tells the truth. */
class ViewsPageIntegrationTests {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private static final String TOKEN = TestBff.token("ada");

	private static final WireMockServer upstream = new WireMockServer(
			WireMockConfiguration.options().dynamicPort().bindAddress("localhost"));

	private static TestBff bff;

	@BeforeAll
	static void start() {
		upstream.start();
		bff = TestBff.start("pergola.bff.views.timeout=8s", "pergola.bff.views.part-timeout=6s");
		List<String> views = ViewsPage.examples().stream().map(ViewsPage.Example::view).distinct().toList();
		bff.publish(TestCatalog.module("partnerships", url("partnerships"), null,
				read(views).manifest().orElseThrow().views(), List.of()), module("people"), module("deals"));
	}

	@AfterAll
	static void stop() {
		bff.close();
		upstream.stop();
	}

	static Stream<ViewsPage.Example> examples() {
		return ViewsPage.examples().stream();
	}

	@ParameterizedTest
	@MethodSource("examples")
	void answersAsThePageSays(ViewsPage.Example example) {
		upstream.resetAll();
		example.services().forEach(ViewsPageIntegrationTests::stub);
		await().until(() -> !bff.get(example.path(), TOKEN).body().contains("unknown-"));
		HttpRequest.Builder request = bff.request(example.path(), TOKEN);
		example.requestHeaders().forEach(request::header);
		HttpResponse<String> response = TestBff.send(request.build());
		assertThat(response.statusCode()).isEqualTo(example.status());
		example.headers()
			.forEach((name, value) -> assertThat(response.headers().firstValue(name)).as(name).hasValue(value));
		if (example.requestHeaders().containsKey("Accept")) {
			assertThat(response.body()
				.lines()
				.filter((line) -> line.startsWith("data: "))
				.map((line) -> read(line.substring("data: ".length()))))
				.isEqualTo(example.body().lines().map(ViewsPageIntegrationTests::read).toList());
		}
		else {
			assertThat(read(response.body())).isEqualTo(read(example.body()));
		}
	}

	@Test
	void refusesAsThePageSays() {
		Map<String, String> found = new LinkedHashMap<>();
		read(List.of(ViewsPage.refused())).findings()
			.forEach((finding) -> found.put(finding.pointer(), finding.message()));
		assertThat(found).isEqualTo(ViewsPage.findings());
	}

	private static ManifestReading read(List<String> views) {
		String manifest = """
				{ "schema": 1, "module": "partnerships", "version": "1.0.0", "team": { "name": "t" },
				  "entry": { "format": "esm", "file": "a.js" }, "upstream": { "url": "http://a" }, "views": [%s] }
				""".formatted(String.join(",", views));
		return new ManifestReader().read(manifest.getBytes(StandardCharsets.UTF_8));
	}

	private static void stub(ViewsPage.Service service) {
		ResponseDefinitionBuilder answer = aResponse().withStatus(service.status())
			.withHeader("Content-Type", "application/json")
			.withBody(service.json())
			.withFixedDelay(service.delayMillis());
		upstream.stubFor(get("/" + service.module() + service.path()).willReturn(answer));
	}

	/** Without what is another each time. */
	private static JsonNode read(String json) {
		JsonNode tree = JSON.readTree(json);
		tree.findParents("ms").forEach((parent) -> ((ObjectNode) parent).remove("ms"));
		if (tree instanceof ObjectNode object) {
			object.remove("traceId");
		}
		return tree;
	}

	private static CatalogModule module(String name) {
		return TestCatalog.module(name, url(name));
	}

	private static String url(String module) {
		return "http://localhost:" + upstream.port() + "/" + module;
	}

}
