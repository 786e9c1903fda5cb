package dev.pergola.bff.views;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import dev.pergola.bff.TestBff;
import dev.pergola.bff.TestCatalog;
import dev.pergola.manifests.View;
import dev.pergola.manifests.ViewPart;
import dev.pergola.manifests.catalog.CatalogModule;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What is not fetched, sent or waited for twice. */
class ViewCacheIntegrationTests {

	private static final String TOKEN = TestBff.token("ada");

	private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private static final WireMockServer upstream = server();

	/** Of their own, as calls to one address have one budget. */
	private static final WireMockServer busy = server();

	private static final AtomicInteger ids = new AtomicInteger();

	private static TestBff bff;

	private final String path = "/d" + ids.incrementAndGet();

	@BeforeAll
	static void start() {
		List.of(upstream, busy).forEach(WireMockServer::start);
		bff = TestBff.start("pergola.bff.views.max-age=40s", "pergola.bff.views.hedge.min-calls=30",
				"pergola.bff.views.timeout=8s", "pergola.bff.views.part-timeout=6s");
		bff.publish(all());
	}

	@AfterAll
	static void stop() {
		bff.close();
		List.of(upstream, busy).forEach(WireMockServer::stop);
	}

	@BeforeEach
	void answers() {
		List.of(upstream, busy).forEach(WireMockServer::resetAll);
		upstream.stubFor(get(this.path).willReturn(okJson("{\"id\":1}")));
	}

	@Test
	@Tag("bff-21")
	void requestsOfOnePersonShareAPartThatIsInFlight() {
		upstream.stubFor(get(this.path).willReturn(okJson("{}").withFixedDelay(2500)));
		List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			answers.add(CLIENT.sendAsync(bff.request("/views/deals/new" + this.path, TOKEN).build(),
					HttpResponse.BodyHandlers.ofString()));
		}
		answers.add(CLIENT.sendAsync(bff.request("/views/deals/kept" + this.path, TOKEN).build(),
				HttpResponse.BodyHandlers.ofString()));
		answers.add(CLIENT.sendAsync(bff.request("/views/deals/new" + this.path, TestBff.token("bob")).build(),
				HttpResponse.BodyHandlers.ofString()));
		assertThat(answers).allSatisfy((answer) -> assertThat(answer.join().statusCode()).isEqualTo(200));
		upstream.verify(2, getRequestedFor(urlEqualTo(this.path)));
	}

	@Test
	void sendsNobodyWhatTheyHave() {
		HttpResponse<String> first = view("new", TOKEN);
		String etag = header(first, "ETag");
		assertThat(header(first, "Cache-Control")).isEqualTo("no-cache, private");
		assertThat(header(first, "Vary")).contains("Cookie");
		HttpResponse<String> again = view("new", TOKEN, "If-None-Match", etag);
		assertThat(again.statusCode()).isEqualTo(304);
		assertThat(again.body()).isEmpty();
		assertThat(header(again, "ETag")).isEqualTo(etag);
		upstream.stubFor(get(this.path).willReturn(okJson("{\"id\":2}")));
		assertThat(view("new", TOKEN, "If-None-Match", etag).statusCode()).isEqualTo(200);
	}

	@Test
	void keepsAnAnswerForThePersonItWasMadeForAndNobodyElse() {
		HttpResponse<String> first = view("kept", TOKEN);
		assertThat(header(first, "Cache-Control")).isEqualTo("max-age=30, private");
		assertThat(first.headers().firstValue("Age")).isEmpty();
		HttpResponse<String> again = view("kept", TOKEN);
		assertThat(again.body()).isEqualTo(first.body());
		assertThat(header(again, "Age")).isIn("0", "1", "2", "3");
		assertThat(header(again, "Pergola-Complete")).isEqualTo("true");
		assertThat(view("kept", TOKEN, "If-None-Match", header(first, "ETag")).statusCode()).isEqualTo(304);
		upstream.verify(1, getRequestedFor(urlEqualTo(this.path)));
		view("kept", TestBff.token("bob"));
		upstream.verify(2, getRequestedFor(urlEqualTo(this.path)));
		view("kept", TOKEN, "Accept-Language", "de");
		upstream.verify(3, getRequestedFor(urlEqualTo(this.path)));
	}

	@Test
	void asksAgainWhenAPersonReloads() {
		view("kept", TOKEN);
		view("kept", TOKEN, "Cache-Control", "no-cache");
		view("kept", TOKEN, "Cache-Control", "max-age=0");
		upstream.verify(3, getRequestedFor(urlEqualTo(this.path)));
	}

	@Test
	void keepsNothingForLongerThanTheAdministratorAllows() {
		assertThat(header(view("long", TOKEN), "Cache-Control")).isEqualTo("max-age=40, private");
	}

	@ParameterizedTest
	@ValueSource(strings = { "private, no-store", "No-Store", "private | max-age=5, NO-STORE" })
	void keepsNothingThatAServiceForbidsToKeep(String lines) {
		upstream.stubFor(get(this.path).willReturn(okJson("{}").withHeader("Cache-Control", lines.split(" \\| "))));
		HttpResponse<String> response = view("kept", TOKEN);
		assertThat(header(response, "Cache-Control")).isEqualTo("no-store");
		assertThat(response.headers().firstValue("ETag")).isEmpty();
		view("kept", TOKEN);
		upstream.verify(2, getRequestedFor(urlEqualTo(this.path)));
	}

	@Test
	void keepsNothingThatIsNotWhole() {
		upstream.stubFor(get(this.path).willReturn(aResponse().withStatus(500)));
		HttpResponse<String> response = view("kept", TOKEN);
		assertThat(header(response, "Pergola-Complete")).isEqualTo("false");
		assertThat(header(response, "Cache-Control")).isEqualTo("no-cache, private");
		assertThat(response.headers().firstValue("ETag")).isEmpty();
		upstream.stubFor(get(this.path).willReturn(okJson("{}")));
		assertThat(header(view("kept", TOKEN), "Pergola-Complete")).isEqualTo("true");
	}

	@Test
	@Tag("bff-21")
	void neverParsesAPartThatIsOnlyCopied() {
		upstream.stubFor(get(this.path).willReturn(okJson("{ \"id\" : 1e400, \"id\":\t\"\\u0041\" }")));
		assertThat(view("new", TOKEN).body()).startsWith("{\"deal\":{ \"id\" : 1e400, \"id\":\t\"\\u0041\" },");
	}

	@Test
	@Tag("bff-20")
	void asksAgainWhenAnAnswerIsLateForItsServiceAndTakesTheFirst() {
		busy.stubFor(get(this.path).willReturn(okJson("{}")));
		for (int i = 0; i < 30; i++) {
			view("busy/new", TOKEN);
		}
		busy.stubFor(get(this.path).inScenario("late")
			.whenScenarioStateIs(Scenario.STARTED)
			.willSetStateTo("quick")
			.willReturn(okJson("{\"answer\":\"late\"}").withFixedDelay(5000)));
		busy.stubFor(get(this.path).inScenario("late")
			.whenScenarioStateIs("quick")
			.willReturn(okJson("{\"answer\":\"quick\"}")));
		double before = count("pergola.bff.views.hedges.won");
		assertThat(view("busy/new", TOKEN).body()).contains("quick");
		assertThat(count("pergola.bff.views.hedges.won") - before).isEqualTo(1);
	}

	@Test
	void countsViewsAndPartsForAsLongAsTheyAreThere() {
		MeterRegistry registry = bff.context().getBean(MeterRegistry.class);
		CatalogModule module = module("short", upstream,
				new View("/{id}", Duration.ofSeconds(30), part("/{id}", false)));
		bff.publish(module);
		assertThat(bff.get("/views/short" + this.path, TOKEN).statusCode()).isEqualTo(200);
		bff.get("/views/short" + this.path, TOKEN);
		assertThat(registry.get("pergola.bff.views").tags("module", "short", "view", "/{id}").timers())
			.extracting((timer) -> timer.getId().getTag("outcome"))
			.containsExactlyInAnyOrder("complete", "kept");
		assertThat(registry.get("pergola.bff.views.parts")
			.tags("module", "short", "part", "deal", "status", "present")
			.timer()
			.count()).isEqualTo(1);
		bff.publish(all());
		await().until(() -> registry.find("pergola.bff.views").tag("module", "short").timer() == null);
		assertThat(registry.find("pergola.bff.views.parts").tag("module", "short").timer()).isNull();
	}

	private static double count(String meter) {
		return bff.context().getBean(MeterRegistry.class).get(meter).functionCounter().count();
	}

	private static CatalogModule[] all() {
		CatalogModule deals = module("deals", upstream, new View("/new/{id}", null, part("/{id}", true)),
				new View("/kept/{id}", Duration.ofSeconds(30), part("/{id}", true)),
				new View("/long/{id}", Duration.ofMinutes(10), part("/{id}", true)));
		return new CatalogModule[] { deals, module("busy", busy, new View("/new/{id}", null, part("/{id}", true))) };
	}

	private static WireMockServer server() {
		return new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("localhost"));
	}

	private static CatalogModule module(String name, WireMockServer service, View... views) {
		return TestCatalog.module(name, "http://localhost:" + service.port(), null, List.of(views), List.of());
	}

	private static Map<String, ViewPart> part(String get, boolean optional) {
		return Map.of("deal", new ViewPart(null, get, optional, null));
	}

	private HttpResponse<String> view(String view, String token, String... headers) {
		String module = view.contains("/") ? "" : "deals/";
		HttpRequest.Builder request = bff.request("/views/" + module + view + this.path, token);
		return TestBff.send(((headers.length > 0) ? request.headers(headers) : request).build());
	}

	private static String header(HttpResponse<String> response, String name) {
		return response.headers().firstValue(name).orElse("");
	}

}
