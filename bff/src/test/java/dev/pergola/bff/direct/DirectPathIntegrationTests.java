package dev.pergola.bff.direct;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.pergola.bff.RawUpstream;
import dev.pergola.bff.TestBff;
import dev.pergola.bff.TestCatalog;
import dev.pergola.bff.metrics.Calls;
import dev.pergola.bff.metrics.RouteKind;
import dev.pergola.manifests.catalog.CatalogModule;
import dev.pergola.session.store.SessionStore;
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

	private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

	private static final String STOLEN = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nstolen";

	private static final AtomicLong written = new AtomicLong();

	private static final CountDownLatch clientLeft = new CountDownLatch(1);

	private static final CountDownLatch streamGoesOn = new CountDownLatch(1);

	private static RawUpstream upstream;

	private static TestBff direct;

	private static TestBff longWay;

	private static String cookie;

	private static String longCookie;

	@BeforeAll
	static void start() throws IOException {
		upstream = new RawUpstream(DirectPathIntegrationTests::answer);
		direct = TestBff.start("pergola.bff.streams.session-check=200ms");
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

	private static boolean answer(String head, OutputStream out) throws IOException {
		String path = head.split(" ")[1].split("\\?")[0];
		boolean stays = switch (path) {
			case "/never" -> keep(out, "");
			case "/half" -> end(out, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
			case "/garbage" -> end(out, "I do not speak HTTP\r\n\r\n");
			case "/until-closed" -> end(out, "HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\nall of it");
			case "/same-and-more" -> keep(out, "HTTP/1.1 304 Not Modified\r\n\r\n" + STOLEN);
			case "/same-and-half" ->
				keep(out, "HTTP/1.1 304 Not Modified\r\n\r\nHTTP/1.1 200 OK\r\nX-Own: stolen\r\nX-Half: ");
			case "/head-and-body" -> keep(out, "HTTP/1.1 200 OK\r\nContent-Length: 44\r\n\r\n" + STOLEN);
			case "/twice" -> keep(out, OK + STOLEN);
			case "/chunks" -> keep(out,
					"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n3\r\ntwo\r\n0\r\nX-Trailer: 1\r\n\r\n");
			case "/nothing" -> keep(out, "HTTP/1.1 204 No Content\r\n\r\n");
			case "/same" -> keep(out, "HTTP/1.1 304 Not Modified\r\nETag: \"a\"\r\n\r\n");
			case "/early" ->
				keep(out, "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n" + OK);
			case "/switch" -> end(out, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n");
			case "/missing" -> keep(out, "HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\nnone");
			case "/broken" -> keep(out, "HTTP/1.1 500 Oops\r\nContent-Length: 4\r\n\r\noops");
			case "/redirect" ->
				keep(out, "HTTP/1.1 302 Found\r\nLocation: http://localhost:%d/other?a=b\r\nContent-Length: 0\r\n\r\n"
					.formatted(upstream.port()));
			case "/elsewhere" ->
				keep(out, "HTTP/1.1 302 Found\r\nLocation: https://evil.example/\r\nContent-Length: 0\r\n\r\n");
			case "/headers" ->
				keep(out, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nSet-Cookie: __Host-pergola=x; Path=/\r\n"
						+ "Server: secret/1\r\nAccess-Control-Allow-Origin: *\r\nCache-Control: public, max-age=60\r\n"
						+ "X-Pergola-Admin: 1\r\nETag: \"e\"\r\nX-Own: kept\r\nReferrer-Policy: no-referrer\r\n\r\nok");
			case "/kept" -> keep(out,
					"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nCache-Control: max-age=600\r\n"
							+ "CDN-Cache-Control: max-age=600\r\nSurrogate-Control: max-age=600\r\n"
							+ "Cache-Control: no-cache, no-store\r\n\r\nok");
			case "/hop" -> keep(out,
					"HTTP/1.1 200 OK\r\nX-Hop: 1\r\nX-Own: kept\r\nConnection: keep-alive, x-hop, Content-Length\r\n"
							+ "Content-Length: 2\r\n\r\nok");
			case "/events" -> stream(out, new CountDownLatch(1));
			case "/events-in-time" -> stream(out, streamGoesOn);
			case "/endless" -> endless(out);
			default -> keep(out, path.startsWith("/large/") ? large(path.substring(1)) : OK);
		};
		// As the head of the method HEAD has no body, the connection cannot go on.
		return stays && !head.startsWith("HEAD");
	}

	private static boolean keep(OutputStream out, String bytes) throws IOException {
		out.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
		return true;
	}

	/** 20 KB that begin with their name; they come whole in one read. */
	private static String large(String name) {
		return "HTTP/1.1 200 OK\r\nContent-Length: 20000\r\n\r\n" + name + "x".repeat(20_000 - name.length());
	}

	private static boolean end(OutputStream out, String bytes) throws IOException {
		keep(out, bytes);
		return false;
	}

	private static boolean stream(OutputStream out, CountDownLatch goesOn) throws IOException {
		keep(out, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
		keep(out, "9\r\ndata: 1\n\n\r\n");
		out.flush();
		try {
			goesOn.await();
		}
		catch (InterruptedException ex) {
			throw new IOException(ex);
		}
		keep(out, "9\r\ndata: 2\n\n\r\n0\r\n\r\n");
		return true;
	}

	private static boolean endless(OutputStream out) throws IOException {
		out.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
		byte[] chunk = ("10000\r\n" + "x".repeat(0x10000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
		try {
			while (written.get() < 1L << 30) {
				out.write(chunk);
				written.addAndGet(chunk.length);
			}
		}
		catch (IOException gone) {
			clientLeft.countDown();
			throw gone;
		}
		return false;
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

	@Test
	void halfAnAnswerIsCutOff() throws IOException {
		try (Socket socket = connect()) {
			send(socket, "/api/deals/half");
			String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
			assertThat(all).startsWith("HTTP/1.1 200").endsWith("half");
		}
	}

	@Test
	void answersKeepTheOrderOfPipelinedRequestsWhicheverWayTheyGo() throws IOException {
		long before = taken();
		try (Socket socket = connect()) {
			StringBuilder requests = new StringBuilder();
			for (String path : List.of("/api/deals/chunks", "/api/nobody/x", "/api/deals/missing", "/api/deals/x")) {
				requests.append(head(path, ""));
			}
			requests.append(head("/api/deals/broken", "Connection: close\r\n"));
			socket.getOutputStream().write(requests.toString().getBytes(StandardCharsets.US_ASCII));
			String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
			List<String> statuses = all.lines()
				.filter((line) -> line.contains("HTTP/1.1 "))
				.map((line) -> line.substring(line.indexOf("HTTP/1.1 ") + 9, line.indexOf("HTTP/1.1 ") + 12))
				.toList();
			assertThat(statuses).containsExactly("200", "404", "404", "200", "500");
		}
		assertThat(taken()).isGreaterThan(before);
	}

	@Test
	@Tag("security-39")
	void anAnswerNobodyAskedForIsNotTheNextCallers() {
		assertThat(call(cookie, "/api/deals/twice").body()).isEqualTo("ok");
		for (int i = 0; i < 5; i++) {
			assertThat(call(cookie, "/api/deals/x").body()).isEqualTo("ok");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET /api/deals/same-and-more", "GET /api/deals/same-and-half",
			"HEAD /api/deals/head-and-body", "GET /api/deals/twice" })
	@Tag("security-39")
	void whatComesAfterAnAnswerIsNotTheAnswerToACallThatWaits(String first) throws IOException {
		String[] words = first.split(" ");
		try (Socket socket = connect()) {
			String requests = head(words[1], "").replace("GET ", words[0] + " ")
					+ head("/api/deals/x", "Connection: close\r\n");
			socket.getOutputStream().write(requests.getBytes(StandardCharsets.US_ASCII));
			String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
			assertThat(all).endsWith("\r\n\r\nok").doesNotContain("stolen");
		}
	}

	@Test
	void connectionsToTheUpstreamAreUsedAgain() {
		call(cookie, "/api/deals/x");
		int before = upstream.connections();
		for (int i = 0; i < 20; i++) {
			call(cookie, "/api/deals/x");
		}
		// Each event loop has connections of its own.
		assertThat(upstream.connections() - before).isLessThan(8);
	}

	@Test
	void aBrowserThatDoesNotReadStopsTheUpstreamAndOneThatLeavesEndsTheCall() throws Exception {
		try (Socket socket = connect()) {
			socket.setReceiveBufferSize(16 * 1024);
			send(socket, "/api/deals/endless");
			socket.getInputStream().readNBytes(1000);
			AtomicLong last = new AtomicLong(-1);
			// Nothing more is written once every buffer on the way is full.
			await(() -> last.getAndSet(written.get()) == written.get() && written.get() > 0, Duration.ofMillis(300));
			assertThat(written.get()).isLessThan(32L << 20);
		}
		assertThat(clientLeft.await(10, TimeUnit.SECONDS)).isTrue();
		await(() -> active() == 0);
	}

	@Test
	@Tag("security-41")
	void aBrowserThatAsksAndDoesNotReadIsNotAnsweredOnAndOn() throws IOException {
		int calls = 1000;
		int before = upstream.heads().size();
		try (Socket socket = new Socket()) {
			socket.setReceiveBufferSize(64 * 1024);
			socket.setSoTimeout(20_000);
			socket.connect(new InetSocketAddress("localhost", direct.port()));
			// Of some size, as the codec takes a hundred at once for an attack.
			String more = "X-More: " + "x".repeat(1500) + "\r\n";
			StringBuilder requests = new StringBuilder();
			for (int i = 1; i < calls; i++) {
				requests.append(head("/api/deals/large/" + i, more));
			}
			requests.append(head("/api/deals/large/" + calls, more + "Connection: close\r\n"));
			Thread.startVirtualThread(() -> write(socket, requests.toString()));
			AtomicInteger last = new AtomicInteger(-1);
			// Nothing more is asked for once every buffer on the way is full.
			await(() -> last.getAndSet(upstream.heads().size()) == upstream.heads().size()
					&& upstream.heads().size() > before, Duration.ofMillis(300));
			assertThat(upstream.heads().size() - before).isLessThan(calls / 2);
			String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
			List<String> answered = Pattern.compile("large/[0-9]+")
				.matcher(all)
				.results()
				.map(MatchResult::group)
				.toList();
			assertThat(answered)
				.isEqualTo(IntStream.rangeClosed(1, calls).mapToObj((number) -> "large/" + number).toList());
		}
	}

	private static void write(Socket socket, String bytes) {
		try {
			socket.getOutputStream().write(bytes.getBytes(StandardCharsets.US_ASCII));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Test
	@Tag("security-14")
	void aStreamEndsWithTheSession() throws IOException {
		String own = direct.session("eve");
		long before = taken();
		try (Socket socket = connect()) {
			socket.getOutputStream()
				.write(head("/api/deals/events", "Accept: text/event-stream\r\n").replace(cookie, own)
					.getBytes(StandardCharsets.US_ASCII));
			String first = new String(socket.getInputStream().readNBytes(50), StandardCharsets.US_ASCII);
			assertThat(first).startsWith("HTTP/1.1 200");
			assertThat(taken()).isEqualTo(before + 1);
			direct.context().getBean(SessionStore.class).removeSession(own.substring(own.indexOf('=') + 1)).block();
			assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
				.contains("data: 1")
				.doesNotContain("data: 2");
		}
	}

	@Test
	void eventsComeWhenTheyAreSent() throws IOException {
		try (Socket socket = connect()) {
			socket.getOutputStream()
				.write(head("/api/deals/events-in-time", "Accept: text/event-stream\r\nConnection: close\r\n")
					.getBytes(StandardCharsets.US_ASCII));
			StringBuilder all = new StringBuilder();
			while (!all.toString().contains("data: 1")) {
				all.append((char) socket.getInputStream().read());
			}
			streamGoesOn.countDown();
			all.append(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
			assertThat(all).contains("data: 2").endsWith("0\r\n\r\n");
		}
	}

	@Test
	void aSessionThatEndsIsNotServedAnyMore() {
		String own = direct.session("bob");
		assertThat(call(own, "/api/deals/x").statusCode()).isEqualTo(200);
		direct.context().getBean(SessionStore.class).removeSession(own.substring(own.indexOf('=') + 1)).block();
		assertThat(call(own, "/api/deals/x").statusCode()).isEqualTo(401);
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

	private static Socket connect() throws IOException {
		Socket socket = new Socket("localhost", direct.port());
		socket.setSoTimeout(20_000);
		return socket;
	}

	private static void send(Socket socket, String path) throws IOException {
		socket.getOutputStream().write(head(path, "").getBytes(StandardCharsets.US_ASCII));
	}

	private static String head(String path, String more) {
		return "GET %s HTTP/1.1\r\nHost: localhost\r\nCookie: %s\r\nX-Pergola: 1\r\n%s\r\n".formatted(path, cookie,
				more);
	}

	private static void await(BooleanSupplier condition) {
		await(condition, Duration.ofMillis(10));
	}

	private static void await(BooleanSupplier condition, Duration interval) {
		Flux.interval(interval, Schedulers.boundedElastic())
			.takeUntil((tick) -> condition.getAsBoolean())
			.blockLast(Duration.ofSeconds(15));
	}

}
