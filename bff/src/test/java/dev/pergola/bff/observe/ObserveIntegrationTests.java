package dev.pergola.bff.observe;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.pergola.bff.TestBff;
import dev.pergola.bff.TestCatalog;
import dev.pergola.bff.accesslog.AccessLog;
import dev.pergola.manifests.Agent;
import dev.pergola.manifests.AgentFormat;
import dev.pergola.manifests.AgentHttp;
import dev.pergola.manifests.LocalizedText;
import dev.pergola.manifests.View;
import dev.pergola.manifests.ViewPart;
import dev.pergola.manifests.catalog.CatalogModule;
import io.opentelemetry.proto.trace.v1.Span;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/** What a running bff tells of itself: numbers, lines and spans. */
class ObserveIntegrationTests {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private static final String TOKEN = TestBff.token("ada");

	private static final Map<String, Map<String, String>> seen = new ConcurrentHashMap<>();

	private static final Lines lines = new Lines();

	private static final Lines otherLines = new Lines();

	private static final SpanReceiver collector = new SpanReceiver();

	private static DisposableServer upstream;

	private static TestBff bff;

	@BeforeAll
	static void start() {
		upstream = HttpServer.create()
			.host("localhost")
			.port(0)
			.route((routes) -> routes.get("/never", (request, response) -> Mono.never())
				.get("/stream",
						(request, response) -> response.sse()
							.sendString(Flux.just("data: 1\n\n").concatWith(Flux.never())))
				.get("/half",
						(request, response) -> response.header("Content-Length", "100")
							.sendString(Mono.just("half").concatWith(Mono.error(new IllegalStateException("broken")))))
				.get("/status/{status}", (request, response) -> response.status(status(request.param("status"))).send())
				.post("/agents/scout", (request, response) -> response.sse()
					.sendString(Flux.just(event("CUSTOM", "\"name\":\"pergola.queue\",\"value\":{\"position\":1}"),
							event("CUSTOM", "\"name\":\"step\""),
							event("RUN_FINISHED", "\"usage\":[{\"inputTokens\":3,\"outputTokens\":4}]"))))
				.post("/echo", (request, response) -> response.send(request.receive().retain()))
				.route((request) -> true, (request, response) -> {
					Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
					request.requestHeaders().forEach((entry) -> headers.put(entry.getKey(), entry.getValue()));
					seen.put(request.fullPath().startsWith("/") ? request.fullPath() : "/" + request.fullPath(),
							headers);
					return response.header("Content-Type", "application/json").sendString(Mono.just("{\"id\":7}"));
				}))
			.bindNow();
		bff = TestBff.start("management.server.port=0", "management.endpoints.web.exposure.include=prometheus",
				"pergola.bff.metrics.histogram=true", "pergola.bff.metrics.loop-probe=50ms",
				"pergola.bff.access-log.enabled=true", "pergola.bff.access-log.subject=plain",
				"pergola.bff.tracing.endpoint=" + collector.endpoint(), "pergola.bff.tracing.follow-client=true",
				"pergola.bff.tracing.delay=50ms", "spring.application.name=bff-under-test",
				"pergola.bff.agents.budgets.default.tokens-per-day=70");
		// Spring Boot sets logging up anew at its start.
		logger(AccessLog.LOGGER).detachAppender("pergola-access");
		logger(AccessLog.LOGGER).addAppender(lines.begin());
		logger(Logger.ROOT_LOGGER_NAME).addAppender(otherLines.begin());
		bff.publish(modules());
	}

	private static CatalogModule[] modules(CatalogModule... more) {
		String url = "http://localhost:" + upstream.port();
		Map<String, ViewPart> parts = new LinkedHashMap<>();
		parts.put("deal", new ViewPart(null, "/view/deal", false, null));
		parts.put("owner", new ViewPart("people", "/view/owner", true, null));
		List<CatalogModule> all = new java.util.ArrayList<>(List.of(more));
		all.add(TestCatalog.module("deals", url, null, List.of(new View("/overview", null, parts)),
				List.of(new Agent("scout", LocalizedText.NONE, null, new AgentHttp("/agents/scout", AgentFormat.AG_UI),
						List.of()))));
		all.add(TestCatalog.module("people", url));
		all.add(TestCatalog.module("slow", url, Duration.ofMillis(300), List.of(), List.of()));
		all.add(TestCatalog.module("closed", "http://localhost:1"));
		return all.toArray(CatalogModule[]::new);
	}

	@AfterAll
	static void stop() {
		// First: the bff takes the event loops with it.
		upstream.disposeNow();
		bff.close();
		collector.stop();
		logger(AccessLog.LOGGER).detachAppender(lines);
		logger(Logger.ROOT_LOGGER_NAME).detachAppender(otherLines);
	}

	@Test
	void writesALineForACall() {
		TestBff
			.send(bff.request("/api/deals/echo?q=1", TOKEN).POST(HttpRequest.BodyPublishers.ofString("12345")).build());
		JsonNode line = line("/api/deals/echo");
		assertThat(line.path("status").asInt()).isEqualTo(200);
		assertThat(line.path("outcome").asString()).isEqualTo("ok");
		assertThat(line.path("module").asString()).isEqualTo("deals");
		assertThat(line.path("subject").asString()).isEqualTo("ada");
		assertThat(line.path("client").asString()).isEqualTo("bearer");
		assertThat(line.path("peer").asString()).isEqualTo("127.0.0.1");
		assertThat(line.path("protocol").asString()).isEqualTo("HTTP/1.1");
		assertThat(line.path("bytesIn").asInt()).isEqualTo(5);
		assertThat(line.path("bytesOut").asInt()).isEqualTo(5);
		assertThat(line.path("upstreamMs").asDouble()).isPositive().isLessThanOrEqualTo(line.path("ms").asDouble());
	}

	@Test
	@Tag("security-57")
	void saysOfARefusalWhyAndInWhichTrace() {
		for (String path : List.of("/api/nothing/refused", "/api/deals/%2e%2e/refused", "/api/closed/refused",
				"/api/slow/never", "/views/deals/refused")) {
			HttpResponse<String> response = bff.get(path, TOKEN);
			JsonNode problem = JSON.readTree(response.body());
			JsonNode line = line(path);
			assertThat(line.path("traceId").asString()).isEqualTo(problem.path("traceId").asString());
			assertThat("/problems/" + line.path("problem").asString()).isEqualTo(problem.path("type").asString());
			assertThat(line.path("status").asInt()).isEqualTo(response.statusCode());
			assertThat(line.toString()).doesNotContain("localhost", "Exception");
		}
		assertThat(line("/api/nothing/refused").path("module").asString()).isEqualTo("none");
		assertThat(line("/api/nothing/refused").path("outcome").asString()).isEqualTo("refused");
		assertThat(line("/api/closed/refused").path("outcome").asString()).isEqualTo("upstream-error");
		assertThat(line("/api/slow/never").path("outcome").asString()).isEqualTo("timeout");
	}

	@Test
	@Tag("security-57")
	void saysTheSameTraceAsTheProblemOfSecurity() {
		HttpResponse<String> response = bff.get("/api/deals/anonymous", null);
		assertThat(response.statusCode()).isEqualTo(401);
		JsonNode line = line("/api/deals/anonymous");
		assertThat(line.path("problem").asString()).isEqualTo("sign-in-required");
		assertThat(line.path("outcome").asString()).isEqualTo("refused");
		assertThat(response.body()).contains(line.path("traceId").asString());
		assertThat(line.has("subject")).isFalse();
	}

	@Test
	void saysWhoLeftFirst() {
		HttpClient.create()
			.headers((headers) -> headers.set("Authorization", "Bearer " + TOKEN))
			.get()
			.uri("http://localhost:" + bff.port() + "/api/deals/stream")
			.responseContent()
			.blockFirst(Duration.ofSeconds(5));
		assertThat(line("/api/deals/stream").path("outcome").asString()).isEqualTo("cancelled");
		assertThatException().isThrownBy(() -> bff.get("/api/deals/half", TOKEN));
		assertThat(line("/api/deals/half").path("outcome").asString()).isEqualTo("upstream-error");
	}

	@Test
	@Tag("security-2")
	@Tag("security-57")
	void keepsWhatOneSaysInConfidenceOutOfEveryLineAndSpan() {
		String trace = "c".repeat(32);
		String canary = "canary-4711";
		TestBff.send(bff.request("/api/deals/echo?token=" + canary + "&" + canary, TOKEN)
			.header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
			.header("tracestate", "vendor=" + canary)
			.header("X-Pergola", "1")
			.header("Cookie", "other=" + canary)
			.header("User-Agent", canary)
			.header("Referer", "https://portal.example/?" + canary)
			.header("X-Forwarded-For", canary)
			.header("Forwarded", "for=" + canary)
			.header("X-Api-Key", canary)
			.header("Proxy-Authorization", "Basic " + canary)
			.POST(HttpRequest.BodyPublishers.ofString(canary))
			.build());
		String cookieOnly = canary + "-2";
		TestBff.send(HttpRequest.newBuilder(URI.create("http://localhost:" + bff.port() + "/api/deals/c?" + cookieOnly))
			.header("Cookie", "__Host-pergola=" + cookieOnly)
			.header("Authorization", "Bearer " + cookieOnly)
			.header("Origin", "https://" + cookieOnly)
			.header("traceparent", cookieOnly)
			.build());
		// An answer that breaks off is reported by others than us, too.
		assertThatException().isThrownBy(() -> bff.get("/api/deals/half?half=" + canary, TOKEN));
		bff.get("/api/closed/x?closed=" + canary, TOKEN);
		line("/api/deals/c");
		collector.await(trace, (spans) -> spans.size() == 2);
		assertThat(lines.all()).isNotEmpty().noneMatch((line) -> line.contains("canary") || line.contains(TOKEN));
		assertThat(otherLines.all()).noneMatch((line) -> line.contains("canary") || line.contains(TOKEN));
		assertThat(collector.requests().toString()).doesNotContain("canary", TOKEN, "localhost:" + upstream.port());
	}

	@Test
	@Tag("bff-25")
	void recordsASpanForTheRequestAndOneForTheCall() {
		String trace = "a".repeat(31) + "1";
		bff.get("/api/deals/nothing", TOKEN);
		TestBff.send(bff.request("/api/deals/traced", TOKEN)
			.header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
			.header("tracestate", "vendor=1")
			.build());
		List<Span> spans = collector.await(trace, (all) -> all.size() == 2);
		Span server = of(spans, Span.SpanKind.SPAN_KIND_SERVER).getFirst();
		Span call = of(spans, Span.SpanKind.SPAN_KIND_CLIENT).getFirst();
		assertThat(SpanReceiver.hex(server.getParentSpanId())).isEqualTo("00f067aa0ba902b7");
		assertThat(call.getParentSpanId()).isEqualTo(server.getSpanId());
		assertThat(seen.get("/traced"))
			.containsEntry("traceparent", "00-" + trace + "-" + SpanReceiver.hex(call.getSpanId()) + "-01")
			.containsEntry("tracestate", "vendor=1");
		assertThat(attributes(server)).containsEntry("pergola.module", "deals")
			.containsEntry("http.route", "/api/")
			.containsEntry("http.response.status_code", "200");
		assertThat(collector.requests().toString()).contains("bff-under-test");
	}

	@Test
	@Tag("bff-25")
	void recordsASpanForEachPartOfAView() {
		String trace = "a".repeat(31) + "2";
		TestBff.send(bff.request("/views/deals/overview", TOKEN)
			.header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
			.build());
		List<Span> spans = collector.await(trace, (all) -> all.size() == 3);
		Span server = of(spans, Span.SpanKind.SPAN_KIND_SERVER).getFirst();
		List<Span> parts = of(spans, Span.SpanKind.SPAN_KIND_CLIENT);
		assertThat(parts).extracting(Span::getName).containsExactlyInAnyOrder("GET deals", "GET people");
		assertThat(parts).allSatisfy((part) -> assertThat(part.getParentSpanId()).isEqualTo(server.getSpanId()));
	}

	@Test
	@Tag("bff-25")
	void recordsNothingOfARequestThatIsNotSampled() {
		String unsampled = "b".repeat(31) + "1";
		String sampled = "b".repeat(31) + "2";
		TestBff.send(bff.request("/api/deals/unsampled", TOKEN)
			.header("traceparent", "00-" + unsampled + "-00f067aa0ba902b7-00")
			.build());
		TestBff.send(bff.request("/api/deals/after", TOKEN)
			.header("traceparent", "00-" + sampled + "-00f067aa0ba902b7-01")
			.build());
		collector.await(sampled, (all) -> all.size() == 2);
		assertThat(collector.spans(unsampled)).isEmpty();
		assertThat(seen.get("/unsampled").get("traceparent")).startsWith("00-" + unsampled + "-")
			.endsWith("-00")
			.doesNotContain("00f067aa0ba902b7");
	}

	@Test
	void countsCallsByModuleKindAndOutcome() {
		bff.get("/api/people/status/404", TOKEN);
		bff.get("/api/people/status/500", TOKEN);
		bff.get("/api/who-is-this/x", TOKEN);
		line("/api/who-is-this/x");
		assertThat(scrape()).contains(
				"pergola_bff_calls_seconds_count{kind=\"api\",module=\"people\",outcome=\"client-error\",status=\"4xx\",team=\"people\"} 1",
				"pergola_bff_calls_seconds_count{kind=\"api\",module=\"people\",outcome=\"upstream-error\",status=\"5xx\",team=\"people\"} 1",
				"pergola_bff_refused_total{reason=\"unknown-module\"}")
			.doesNotContain("who-is-this", "path=\"/actuator");
	}

	@Test
	void forgetsAModuleThatLeftTheCatalog() {
		String url = "http://localhost:" + upstream.port();
		bff.publish(modules(TestCatalog.module("guest", url)));
		awaitTrue(() -> bff.get("/api/guest/x", TOKEN).statusCode() == 200);
		awaitTrue(() -> scrape().contains("module=\"guest\""));
		bff.publish(modules());
		awaitTrue(() -> !scrape().contains("module=\"guest\""));
		assertThat(bff.get("/api/guest/x", TOKEN).statusCode()).isEqualTo(404);
		assertThat(scrape()).doesNotContain("guest");
	}

	@Test
	void leavesTheManagementPortOutOfTheLog() {
		scrape();
		bff.get("/api/deals/after-scrape", TOKEN);
		line("/api/deals/after-scrape");
		assertThat(lines.all()).noneMatch((line) -> line.contains("/actuator"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "../deploy/grafana/pergola-bff.json", "../deploy/prometheus/pergola-rules.yaml" })
	void hasEveryMetricThatDashboardAndAlertsName(String file) throws IOException {
		bff.get("/api/deals/dashboard", TOKEN);
		bff.get("/views/deals/overview", TOKEN);
		bff.get("/api/nothing/dashboard", TOKEN);
		TestBff.send(bff.request("/agents/deals/scout/runs", TOKEN)
			.POST(HttpRequest.BodyPublishers.ofString("{\"threadId\":\"t\",\"runId\":\"r\"}"))
			.build());
		line("/api/nothing/dashboard");
		awaitTrue(() -> scrape().contains("pergola_bff_refused_total"));
		Set<String> there = Pattern.compile("^([a-z][a-z0-9_]+)[{ ]", Pattern.MULTILINE)
			.matcher(scrape())
			.results()
			.map((match) -> match.group(1))
			.collect(Collectors.toCollection(TreeSet::new));
		Set<String> named = Pattern.compile("\\b(?:pergola|netty|jvm|process|system)_[a-z0-9_]+")
			.matcher(Files.readString(Path.of(file)))
			.results()
			.map(java.util.regex.MatchResult::group)
			.collect(Collectors.toCollection(TreeSet::new));
		assertThat(named).hasSizeGreaterThan(5);
		assertThat(there).containsAll(named);
	}

	@ParameterizedTest
	@ValueSource(strings = { "../deploy/grafana/pergola-bff.json", "../deploy/prometheus/pergola-rules.yaml" })
	void metersOfUpstreamsHaveTheTagsThatDashboardAndAlertsAskFor(String file) throws IOException {
		String scraped = scrape();
		String text = Files.readString(Path.of(file));
		assertThat(text).contains("pergola_bff_upstream_");
		Pattern.compile("(by \\([\\w, ]+\\)).*(pergola_bff_upstream_\\w+)").matcher(text).results().forEach((use) -> {
			String[] tags = use.group(1).substring("by (".length(), use.group(1).length() - 1).split(", ");
			assertThat(scraped.lines().filter((line) -> line.startsWith(use.group(2) + "{"))).isNotEmpty()
				.allSatisfy((line) -> assertThat(tags).allMatch((tag) -> line.contains(tag + "=\"")));
		});
		assertThat(scraped).containsPattern("pergola_bff_upstream_circuit\\{[^}]*module=\"deals\",[^}]*team=\"deals\"");
	}

	private static String event(String type, String more) {
		return "data: {\"type\":\"%s\",%s}\n\n".formatted(type, more);
	}

	private static void awaitTrue(java.util.function.BooleanSupplier condition) {
		Flux.interval(Duration.ofMillis(10), Schedulers.boundedElastic())
			.onBackpressureDrop()
			.filter((tick) -> condition.getAsBoolean())
			.blockFirst(Duration.ofSeconds(10));
	}

	private static JsonNode line(String path) {
		return JSON.readTree(lines.await((line) -> line.contains("\"path\":\"" + path + "\"")));
	}

	private static String scrape() {
		String port = bff.context().getEnvironment().getRequiredProperty("local.management.port");
		return TestBff
			.send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/actuator/prometheus")).build())
			.body();
	}

	private static int status(String text) {
		return Integer.parseInt(text);
	}

	private static List<Span> of(List<Span> spans, Span.SpanKind kind) {
		return spans.stream().filter((span) -> span.getKind() == kind).toList();
	}

	private static Map<String, String> attributes(Span span) {
		return span.getAttributesList()
			.stream()
			.collect(Collectors.toMap((each) -> each.getKey(), (each) -> each.getValue().hasIntValue()
					? String.valueOf(each.getValue().getIntValue()) : each.getValue().getStringValue()));
	}

	private static Logger logger(String name) {
		return (Logger) LoggerFactory.getLogger(name);
	}

	private static final class Lines extends AppenderBase<ILoggingEvent> {

		private final List<String> all = new java.util.concurrent.CopyOnWriteArrayList<>();

		Lines begin() {
			start();
			return this;
		}

		List<String> all() {
			return this.all;
		}

		String await(Predicate<String> wanted) {
			return Flux.interval(Duration.ofMillis(5), Schedulers.boundedElastic())
				.onBackpressureDrop()
				.flatMapIterable((tick) -> this.all)
				.filter(wanted)
				.blockFirst(Duration.ofSeconds(5));
		}

		@Override
		protected void append(ILoggingEvent event) {
			this.all.add(event.getFormattedMessage());
		}

	}

}
