package dev.pergola.bff.routing;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.pergola.bff.TestBff;
import dev.pergola.bff.TestCatalog;
import dev.pergola.manifests.catalog.CatalogModule;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;

import static org.assertj.core.api.Assertions.assertThat;

class RoutingIntegrationTests {

	private static final String TOKEN = TestBff.token("ada");

	private static final List<Map<String, String>> seen = new CopyOnWriteArrayList<>();

	private static TestBff bff;

	private static DisposableServer upstream;

	private static CatalogModule deals;

	@BeforeAll
	static void start() {
		upstream = HttpServer.create()
			.host("localhost")
			.port(0)
			.route((routes) -> routes.get("/never", (request, response) -> Mono.never())
				.get("/half",
						(request, response) -> response.header("Content-Length", "100")
							.sendString(Mono.just("half").concatWith(Mono.error(new IllegalStateException("broken")))))
				.get("/cookie",
						(request, response) -> response.header("Set-Cookie", "__Host-pergola=stolen; Path=/")
							.header("Location", "https://evil.example/")
							.sendString(Mono.just("ok")))
				.get("/redirect", (request, response) -> response.sendRedirect("/elsewhere"))
				.get("/events", (request, response) -> response.sse()
					.sendString(Flux.just("data: 1\n\n", "data: 2\n\n"), java.nio.charset.StandardCharsets.UTF_8))
				.post("/echo", (request, response) -> response.send(request.receive().retain()))
				.route((request) -> true, (request, response) -> {
					Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
					request.requestHeaders().forEach((entry) -> headers.put(entry.getKey(), entry.getValue()));
					headers.put(":path", request.uri());
					seen.add(headers);
					return response.sendString(Mono.just("hello " + request.uri()));
				}))
			.bindNow();
		bff = TestBff.start("pergola.bff.egress.max-connections=4", "pergola.bff.egress.max-pending=1",
				"pergola.bff.egress.connect-timeout=500ms");
		deals = TestCatalog.module("deals", "http://localhost:" + upstream.port(), Duration.ofSeconds(20), List.of(),
				List.of());
		put();
	}

	private static void put(CatalogModule... more) {
		List<CatalogModule> modules = new java.util.ArrayList<>(List.of(more));
		modules.add(deals);
		modules.add(TestCatalog.module("slow", "http://localhost:" + upstream.port(), Duration.ofMillis(700), List.of(),
				List.of()));
		modules.add(TestCatalog.module("closed", "http://localhost:1"));
		modules.add(TestCatalog.module("private", "http://127.0.0.1:" + upstream.port()));
		modules.add(TestCatalog.module("broken", "ftp://localhost/"));
		modules.add(TestCatalog.module("pages", null));
		modules.add(TestCatalog.disabled(TestCatalog.module("off", "http://localhost:1"), "Moving house."));
		CatalogModule[] all = modules.toArray(CatalogModule[]::new);
		bff.publish(all);
	}

	@AfterAll
	static void stop() {
		// First: the bff takes the event loops with it.
		upstream.disposeNow();
		bff.close();
	}

	@Test
	void relaysTheAccessTokenAndLeavesThePrefixOut() {
		HttpResponse<String> response = bff.get("/api/deals/deals/7?a=b%20c&d", TOKEN);
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).isEqualTo("hello /deals/7?a=b%20c&d");
		assertThat(seen.getLast()).containsEntry("Authorization", "Bearer " + TOKEN)
			.containsEntry("X-Forwarded-Prefix", "/api/deals")
			.containsEntry("X-Forwarded-For", "127.0.0.1");
		assertThat(seen.getLast().get("traceparent")).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-00");
	}

	@Test
	void keepsTheTraceOfTheClient() {
		String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
		TestBff.send(bff.request("/api/deals/x", TOKEN)
			.header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
			.build());
		assertThat(seen.getLast().get("traceparent")).startsWith("00-" + trace + "-").endsWith("-01");
	}

	@Test
	@Tag("security-33")
	void refusesACallWithoutToken() {
		int before = seen.size();
		HttpResponse<String> response = bff.get("/api/deals/deals", null);
		assertThat(response.statusCode()).isEqualTo(401);
		assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
		assertThat(seen).hasSize(before);
	}

	@Test
	@Tag("security-31")
	@Tag("security-34")
	void tellsTheUpstreamNothingForged() {
		// reactor-netty, as the JDK's client does not send all of these.
		HttpClient.create()
			.headers((headers) -> headers.set("Authorization", "Bearer " + TOKEN)
				.set("Cookie", "a=b")
				.set("X-Pergola-Admin", "1")
				.set("X_Forwarded_For", "1.2.3.4")
				.set("X-Forwarded-Host", "evil.example")
				.set("X-Real-IP", "1.2.3.4")
				.set("X-User-Id", "root")
				.set("Connection", "X-Keep-Me, Authorization")
				.set("X-Keep-Me", "1"))
			.get()
			.uri("http://localhost:" + bff.port() + "/api/deals/forged")
			.response()
			.block(Duration.ofSeconds(5));
		assertThat(seen.getLast()).containsEntry(":path", "/forged")
			.containsEntry("Authorization", "Bearer " + TOKEN)
			.containsEntry("X-Forwarded-For", "127.0.0.1")
			.doesNotContainKeys("Cookie", "X-Pergola-Admin", "X_Forwarded_For", "X-Real-IP", "X-User-Id", "X-Keep-Me");
		assertThat(seen.getLast().get("X-Forwarded-Host")).startsWith("localhost:");
	}

	@Test
	@Tag("security-29")
	@Tag("security-36")
	void tellsTheBrowserNoCookieAndNoForeignAddress() {
		HttpResponse<String> response = bff.get("/api/deals/cookie", TOKEN);
		assertThat(response.headers().map()).doesNotContainKeys("set-cookie", "location");
		assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
	}

	@Test
	@Tag("security-29")
	void followsNoRedirect() {
		HttpResponse<String> response = bff.get("/api/deals/redirect", TOKEN);
		assertThat(response.statusCode()).isEqualTo(302);
		assertThat(response.headers().firstValue("Location")).hasValue("/elsewhere");
	}

	@Test
	void sendsBodiesBothWays() {
		HttpResponse<String> response = TestBff.send(bff.request("/api/deals/echo", TOKEN)
			.POST(HttpRequest.BodyPublishers.ofString("x".repeat(200_000)))
			.build());
		assertThat(response.body()).hasSize(200_000);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/nothing/x", "/api/", "/api/pages/x" })
	void answersForModulesThatAreNotThere(String path) {
		HttpResponse<String> response = bff.get(path, TOKEN);
		assertThat(response.statusCode()).isEqualTo(404);
		assertThat(response.body()).contains("/problems/", "traceId");
	}

	@Test
	void answersForAModuleThatIsSwitchedOffWithTheReason() {
		assertProblem(bff.get("/api/off/x", TOKEN), 503, "module-disabled", "Moving house.");
	}

	@Test
	void answersForAnUpstreamThatIsDown() {
		assertProblem(bff.get("/api/closed/x", TOKEN), 503, "upstream-unavailable", "not reachable");
	}

	@Test
	void answersForAnUpstreamThatIsSlowAfterTheTimeOfItsManifest() {
		assertProblem(bff.get("/api/slow/never", TOKEN), 504, "upstream-timeout", "in time");
	}

	@Test
	@Tag("security-28")
	void goesToNoAddressThatIsNotNamed() {
		assertProblem(bff.get("/api/private/x", TOKEN), 502, "address-refused", "not allowed");
	}

	@Test
	@Tag("security-46")
	void harmsNoModuleWithTheMistakesOfAnother() {
		assertProblem(bff.get("/api/broken/x", TOKEN), 502, "module-broken", "cannot be called");
		assertThat(bff.get("/api/deals/x", TOKEN).statusCode()).isEqualTo(200);
		assertThat(bff.context().getBean(RoutingHealth.class).health().getDetails()).containsEntry("broken",
				List.of("broken"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/deals/a%2fb", "/api/deals/..%2f", "/api/deals//x", "/api/deals/a;b=c",
			"/api/deals/%2e%2e/x" })
	@Tag("security-37")
	void refusesPathsThatCanBeReadInTwoWays(String path) {
		assertProblem(bff.get(path, TOKEN), 400, "bad-path", "more than one way");
	}

	@Test
	@Tag("security-30")
	void refusesMethodsThatAreNotOnTheList() {
		HttpResponse<String> response = TestBff
			.send(bff.request("/api/deals/x", TOKEN).method("OPTIONS", HttpRequest.BodyPublishers.noBody()).build());
		assertProblem(response, 405, "method-not-allowed", "not allowed");
		assertThat(response.headers().firstValue("Allow"))
			.hasValueSatisfying((allow) -> assertThat(allow).contains("GET"));
	}

	@Test
	void refusesCallsThatFindNoConnectionAndNoPlaceInTheQueue() {
		List<Integer> statuses = Flux.range(0, 12)
			.flatMap((i) -> Mono.fromCallable(() -> bff.get("/api/slow/never", TOKEN).statusCode())
				.subscribeOn(Schedulers.boundedElastic()), 12)
			.collectList()
			.block(Duration.ofSeconds(10));
		assertThat(statuses).containsOnly(503, 504);
		assertThat(statuses.stream().filter((status) -> status == 503)).hasSizeGreaterThanOrEqualTo(6);
	}

	@Test
	void cutsAnAnswerThatTheUpstreamBroke() {
		org.assertj.core.api.Assertions.assertThatException()
			.isThrownBy(() -> bff.get("/api/deals/half", TOKEN))
			.withRootCauseInstanceOf(java.io.IOException.class);
	}

	@Test
	void streamsEvents() {
		HttpResponse<String> response = bff.get("/api/deals/events", TOKEN);
		assertThat(response.body()).isEqualTo("data: 1\n\ndata: 2\n\n");
	}

	@Test
	void failsNoRequestWhileRoutesAreSwapped() {
		Flux<Integer> load = Flux.range(0, 300)
			.flatMap((i) -> Mono.fromCallable(() -> bff.get("/api/deals/load", TOKEN).statusCode())
				.subscribeOn(Schedulers.boundedElastic()), 4);
		Flux<Long> swaps = Flux.interval(Duration.ofMillis(20), Schedulers.boundedElastic())
			.onBackpressureDrop()
			.publishOn(Schedulers.boundedElastic(), 1)
			.doOnNext((tick) -> {
				// Every other swap changes the route itself.
				deals = TestCatalog.module("deals", "http://localhost:" + upstream.port(),
						Duration.ofSeconds(20 + tick % 2), List.of(), List.of());
				put(TestCatalog.many(20, "http://localhost:" + (1 + tick % 9)));
			});
		var swapping = swaps.subscribe();
		List<Integer> statuses = load.collectList().block(Duration.ofSeconds(30));
		swapping.dispose();
		assertThat(statuses).hasSize(300).containsOnly(200);
		put();
	}

	@Test
	void doesNotAnswerForWhatItDoesNotOwn() {
		assertThat(bff.get("/assets/nothing.js", null).statusCode()).isEqualTo(404);
		assertThat(bff.get("/agents/nothing/like/this", TOKEN).statusCode()).isEqualTo(404);
	}

	private static void assertProblem(HttpResponse<String> response, int status, String type, String detail) {
		assertThat(response.body()).contains("\"/problems/" + type + "\"", detail, "\"traceId\":\"")
			.doesNotContain("localhost", "127.0.0.1", "Exception");
		assertThat(response.statusCode()).isEqualTo(status);
		assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
	}

}
