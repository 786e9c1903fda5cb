package dev.pergola.bff.direct;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

import dev.pergola.bff.TestBff;
import dev.pergola.bff.TestCatalog;
import dev.pergola.bff.metrics.Calls;
import dev.pergola.bff.metrics.RouteKind;
import dev.pergola.manifests.catalog.CatalogModule;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Calls that go directly meet the same rules, and end the same way, as those that do not.
 */
class DirectPathIntegrationTests {

	private static OddUpstream upstream;

	private static TestBff direct;

	private static TestBff longWay;

	private static String cookie;

	private static String longCookie;

	@BeforeAll
	static void start() throws IOException {
		upstream = new OddUpstream();
		direct = TestBff.start();
		longWay = TestBff.start("pergola.bff.direct.enabled=false");
		List.of(direct, longWay).forEach(DirectPathIntegrationTests::publish);
		cookie = direct.session("ada");
		longCookie = longWay.session("ada");
	}

	private static void publish(TestBff bff) {
		CatalogModule[] modules = { module("deals", upstream.port(), Duration.ofSeconds(20)),
				module("slow", upstream.port(), Duration.ofMillis(300)), module("closed", 1, Duration.ofSeconds(2)),
				TestCatalog.module("private", "http://127.0.0.1:" + upstream.port()) };
		bff.publish(modules);
	}

	private static CatalogModule module(String name, int port, Duration timeout) {
		return TestCatalog.module(name, "http://localhost:" + port, timeout, List.of(), List.of());
	}

	@AfterAll
	static void stop() {
		direct.close();
		longWay.close();
		upstream.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/deals/7?a=b%20c&d", "/", "", "/a/b/", "/%C3%A4?q=%2F", "/chunks", "/nothing", "/same",
			"/missing", "/broken", "/redirect", "/elsewhere", "/headers", "/kept", "/hop", "/until-closed", "/early" })
	void theUpstreamAndTheBrowserSeeTheSameOnBothWays(String path) {
		for (String method : List.of("GET", "HEAD")) {
			long before = taken();
			Map<String, List<String>> ours = exchange(direct, cookie, method, "/api/deals" + path);
			assertThat(taken()).as("goes directly").isEqualTo(before + 1);
			String ourHead = upstream.heads().getLast();
			Map<String, List<String>> theirs = exchange(longWay, longCookie, method, "/api/deals" + path);
			String theirHead = upstream.heads().getLast();
			assertThat(plain(ourHead)).isEqualTo(plain(theirHead));
			assertThat(ours).isEqualTo(theirs);
		}
	}

	/** Status, body and headers, but for what differs from call to call. */
	private static Map<String, List<String>> exchange(TestBff bff, String session, String method, String path) {
		HttpResponse<String> response = TestBff.send(bff.request(path, null)
			.method(method, HttpRequest.BodyPublishers.noBody())
			.timeout(Duration.ofSeconds(5))
			.header("Cookie", session + "; pergola-theme=dark")
			.header("X-Pergola", "1")
			.header("X_Forwarded_For", "1.2.3.4")
			.header("X-Real-IP", "1.2.3.4")
			.header("X-User", "root")
			.header("Forwarded", "for=1.2.3.4")
			.header("Accept-Language", "de")
			.header("X-Custom", "stays")
			.header("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00")
			.build());
		Map<String, List<String>> all = new TreeMap<>(response.headers().map());
		// Reactor Netty says of an answer without a body that it comes in chunks.
		List.of("date", "connection", "transfer-encoding").forEach(all::remove);
		all.put(":status", List.of("" + response.statusCode()));
		all.put(":body", List.of(response.body()));
		return all;
	}

	/** What a request says, whatever the order and the client's own additions. */
	private static List<String> plain(String head) {
		return head.lines()
			.filter((line) -> !line.isEmpty())
			.map((line) -> line.startsWith("GET") || line.startsWith("HEAD") ? line
					: line.split(":", 2)[0].toLowerCase() + ":" + line.split(":", 2)[1])
			.map((line) -> line.replaceAll("^(x-forwarded-(host|port): ?).*", "$1"))
			.map((line) -> line.replaceAll("^(traceparent: ?00-\\w{32}-).*", "$1"))
			.map((line) -> line.replaceAll("^(pergola-deadline-ms: ?).*", "$1"))
			.map((line) -> line.replaceAll("^(authorization: ?Bearer ).*", "$1"))
			.map((line) -> line.replaceAll(": +", ":"))
			.filter((line) -> !line.startsWith("accept:") && !line.startsWith("content-length:0"))
			.sorted()
			.collect(Collectors.toList());
	}

	@Test
	@Tag("security-31")
	@Tag("security-32")
	@Tag("security-36")
	void nothingForgedGoesUpAndNothingOfTheOriginComesDown() {
		Map<String, List<String>> answer = exchange(direct, cookie, "GET", "/api/deals/headers");
		assertThat(upstream.heads().getLast().toLowerCase()).contains("authorization: bearer ey")
			.doesNotContain("cookie", "1.2.3.4", "x-user", "x-pergola", "root");
		assertThat(answer).doesNotContainKeys("set-cookie", "server", "access-control-allow-origin", "x-pergola-admin")
			.containsEntry("cache-control", List.of("private, no-cache"))
			.containsEntry("x-own", List.of("kept"))
			.containsEntry("x-content-type-options", List.of("nosniff"));
	}

	@Test
	@Tag("security-26")
	void noCacheBetweenMayKeepAPersonsAnswer() {
		assertThat(exchange(direct, cookie, "GET", "/api/deals/kept"))
			.containsEntry("cache-control", List.of("max-age=600, private", "no-cache, no-store"))
			.doesNotContainKeys("cdn-cache-control", "surrogate-control");
	}

	@Test
	void whatAnAnswerSaysIsForItsConnectionDoesNotComeDown() {
		assertThat(exchange(direct, cookie, "GET", "/api/deals/hop")).doesNotContainKey("x-hop")
			.containsEntry("x-own", List.of("kept"));
	}

	@Test
	@Tag("security-20")
	@Tag("security-33")
	void whatIsNotInOrderTakesTheLongWay() {
		long before = taken();
		int calls = upstream.heads().size();
		assertThat(TestBff.send(direct.request("/api/deals/x", null).header("Cookie", cookie).build()).statusCode())
			.isEqualTo(403);
		assertThat(call("__Host-pergola=unknown", "/api/deals/x").statusCode()).isEqualTo(401);
		assertThat(call(cookie + "; " + cookie, "/api/deals/x").statusCode()).isIn(200, 401);
		assertThat(call(cookie, "/api/deals/..%2fadmin").statusCode()).isEqualTo(400);
		assertThat(call(cookie, "/api/nobody/x").statusCode()).isEqualTo(404);
		assertThat(upstream.heads().size()).isBetween(calls, calls + 1);
		assertThat(direct.get("/api/deals/x", TestBff.token("eve")).statusCode()).isEqualTo(200);
		assertThat(TestBff.send(request("/api/deals/x").POST(HttpRequest.BodyPublishers.ofString("{}")).build())
			.statusCode()).isEqualTo(200);
		assertThat(taken()).isEqualTo(before);
	}

	@Test
	@Tag("security-57")
	void whatFailsBeforeTheAnswerIsToldAsAProblem() {
		assertProblem(call(cookie, "/api/closed/x"), 503, "upstream-unavailable");
		assertProblem(call(cookie, "/api/slow/never"), 504, "upstream-timeout");
		assertProblem(call(cookie, "/api/deals/garbage"), 502, "upstream-failed");
		assertProblem(call(cookie, "/api/deals/switch"), 502, "upstream-failed");
		assertProblem(call(cookie, "/api/private/x"), 502, "address-refused");
	}

	private static void assertProblem(HttpResponse<String> response, int status, String type) {
		assertThat(response.statusCode()).isEqualTo(status);
		assertThat(response.body()).contains("/problems/" + type, "traceId").doesNotContain("localhost", "Exception");
	}

	@Test
	void aCallIsCountedOnceWhicheverWayItEnds() {
		long ok = count("deals", "2xx");
		long refused = count("closed", "5xx");
		call(cookie, "/api/deals/x");
		call(cookie, "/api/closed/x");
		await(() -> count("deals", "2xx") == ok + 1 && count("closed", "5xx") == refused + 1);
		assertThat(active()).isZero();
	}

	@Test
	void answersBeforeTheAnswerAreLeftOut() {
		HttpResponse<String> response = call(cookie, "/api/deals/early");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).isEqualTo("ok");
		assertThat(response.headers().map()).doesNotContainKey("link");
	}

	private static long taken() {
		return direct.context().getBean(DirectPath.class).taken();
	}

	private static long count(String module, String status) {
		return direct.context()
			.getBean(MeterRegistry.class)
			.find("pergola.bff.calls")
			.tags("module", module, "status", status)
			.timers()
			.stream()
			.mapToLong(Timer::count)
			.sum();
	}

	private static double active() {
		assertThat(direct.context().getBean(Calls.class).find("deals", RouteKind.API)).isNotNull();
		return direct.context()
			.getBean(MeterRegistry.class)
			.find("pergola.bff.calls.active")
			.tags("kind", "api")
			.gauges()
			.stream()
			.mapToDouble((gauge) -> gauge.value())
			.sum();
	}

	private static HttpResponse<String> call(String session, String path) {
		return TestBff
			.send(direct.request(path, null).header("Cookie", session).header("X-Pergola", "1").GET().build());
	}

	private static HttpRequest.Builder request(String path) {
		return direct.request(path, null).header("Cookie", cookie).header("X-Pergola", "1");
	}

	private static void await(BooleanSupplier condition) {
		Flux.interval(Duration.ofMillis(10), Schedulers.boundedElastic())
			.takeUntil((tick) -> condition.getAsBoolean())
			.blockLast(Duration.ofSeconds(15));
	}

}
