package dev.pergola.bff.direct;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import dev.pergola.bff.TestBff;
import dev.pergola.bff.TestCatalog;
import dev.pergola.bff.metrics.Calls;
import dev.pergola.bff.metrics.RouteKind;
import dev.pergola.session.store.SessionStore;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;

/** What happens on the connections of a direct call: in order, in time, to the end. */
class DirectConnectionsIntegrationTests {

	private static OddUpstream upstream;

	private static TestBff bff;

	private static String cookie;

	@BeforeAll
	static void start() throws IOException {
		upstream = new OddUpstream();
		bff = TestBff.start();
		bff.publish(TestCatalog.module("deals", "http://localhost:" + upstream.port(), Duration.ofSeconds(20),
				List.of(), List.of()));
		cookie = bff.session("ada");
	}

	@AfterAll
	static void stop() {
		bff.close();
		upstream.close();
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
			await(() -> last.getAndSet(upstream.written()) == upstream.written() && upstream.written() > 0,
					Duration.ofMillis(300));
			assertThat(upstream.written()).isLessThan(32L << 20);
		}
		assertThat(upstream.clientLeft().await(10, TimeUnit.SECONDS)).isTrue();
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
			socket.connect(new InetSocketAddress("localhost", bff.port()));
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
	void eventsComeWhenTheyAreSent() throws IOException {
		try (Socket socket = connect()) {
			socket.getOutputStream()
				.write(head("/api/deals/events-in-time", "Accept: text/event-stream\r\nConnection: close\r\n")
					.getBytes(StandardCharsets.US_ASCII));
			StringBuilder all = new StringBuilder();
			while (!all.toString().contains("data: 1")) {
				all.append((char) socket.getInputStream().read());
			}
			upstream.goOn();
			all.append(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
			assertThat(all).contains("data: 2").endsWith("0\r\n\r\n");
		}
	}

	@Test
	void aSessionThatEndsIsNotServedAnyMore() {
		String own = bff.session("bob");
		assertThat(call(own, "/api/deals/x").statusCode()).isEqualTo(200);
		bff.context().getBean(SessionStore.class).removeSession(own.substring(own.indexOf('=') + 1)).block();
		assertThat(call(own, "/api/deals/x").statusCode()).isEqualTo(401);
	}

	private static long taken() {
		return bff.context().getBean(DirectPath.class).taken();
	}

	private static double active() {
		assertThat(bff.context().getBean(Calls.class).find("deals", RouteKind.API)).isNotNull();
		return bff.context()
			.getBean(MeterRegistry.class)
			.find("pergola.bff.calls.active")
			.tags("kind", "api")
			.gauges()
			.stream()
			.mapToDouble((gauge) -> gauge.value())
			.sum();
	}

	private static HttpResponse<String> call(String session, String path) {
		return TestBff.send(bff.request(path, null).header("Cookie", session).header("X-Pergola", "1").GET().build());
	}

	private static Socket connect() throws IOException {
		Socket socket = new Socket("localhost", bff.port());
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
