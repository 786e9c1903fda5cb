package dev.pergola.bff.server;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import dev.pergola.bff.RawUpstream;
import dev.pergola.bff.TestBff;
import dev.pergola.bff.TestCatalog;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Clients that take their time, on purpose. */
@Tag("security-41")
@Tag("bff-26")
class SlowClientsIntegrationTests {

	private static final AtomicLong cut = new AtomicLong();

	private static RawUpstream upstream;

	private static DisposableServer reader;

	private static TestBff bff;

	private static String cookie;

	@BeforeAll
	static void start() throws IOException {
		upstream = new RawUpstream(SlowClientsIntegrationTests::answer);
		reader = HttpServer.create()
			.host("localhost")
			.port(0)
			.handle((request, response) -> request.receive().then().then(response.sendString(Mono.just("ok")).then()))
			.bindNow();
		bff = TestBff.start("pergola.bff.server.head-timeout=500ms", "pergola.bff.server.read-timeout=500ms",
				"pergola.bff.server.request-timeout=1500ms", "pergola.bff.server.idle-timeout=1500ms",
				"pergola.bff.server.write-timeout=700ms", "pergola.bff.server.max-keep-alive-requests=3");
		bff.publish(TestCatalog.module("deals", "http://localhost:" + upstream.port()),
				TestCatalog.module("reader", "http://localhost:" + reader.port()));
		cookie = bff.session("ada");
	}

	@AfterAll
	static void stop() {
		// First: the bff takes the event loops with it.
		reader.disposeNow();
		bff.close();
		upstream.close();
	}

	private static boolean answer(String head, OutputStream out) throws IOException {
		if (head.startsWith("GET /endless")) {
			try {
				out.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
				for (int i = 0; i < 15_000; i++) {
					out.write(new byte[65536]);
				}
			}
			catch (IOException gone) {
				cut.incrementAndGet();
				throw gone;
			}
			return false;
		}
		out.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(StandardCharsets.US_ASCII));
		return true;
	}

	@Test
	void aHeadThatStopsIsGivenUp() throws IOException {
		try (Socket socket = connect()) {
			write(socket, "GET /api/deals/x HTTP/1.1\r\nHost: loc");
			assertThat(rest(socket)).startsWith("HTTP/1.1 408 ")
				.containsIgnoringCase("connection: close")
				.contains("/problems/request-timeout", "traceId");
		}
		assertThat(bff.context()
			.getBean(MeterRegistry.class)
			.get("pergola.bff.refused")
			.tag("type", "request-timeout")
			.counter()
			.count()).isPositive();
	}

	@Test
	void aHeadThatComesByteByByteIsGivenUpInTheSameTime() throws IOException {
		try (Socket socket = connect()) {
			write(socket, "GET /api/deals/x HTTP/1.1\r\nX-Slow: ");
			Flux.interval(Duration.ofMillis(50), Schedulers.boundedElastic())
				.take(60)
				.takeUntil((tick) -> !trickle(socket))
				.subscribe();
			long begin = System.nanoTime();
			assertThat(rest(socket)).startsWith("HTTP/1.1 408 ");
			assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMillis(2500));
		}
	}

	@Test
	void aSlowHeadAfterAnAnswerIsGivenUpToo() throws IOException {
		try (Socket socket = connect()) {
			write(socket, head("GET", "/api/deals/x", ""));
			read(socket, "ok");
			write(socket, "GET /api/deals/y HTTP/1.1\r\n");
			assertThat(rest(socket)).startsWith("HTTP/1.1 408 ");
		}
	}

	@Test
	void aConnectionNobodyUsesIsClosed() throws IOException {
		try (Socket socket = connect()) {
			assertThat(rest(socket)).isEmpty();
		}
		try (Socket socket = connect()) {
			write(socket, head("GET", "/api/deals/x", ""));
			read(socket, "ok");
			assertThat(rest(socket)).isEmpty();
		}
	}

	@Test
	void aBodyThatStopsIsGivenUp() throws IOException {
		try (Socket socket = connect()) {
			write(socket, head("POST", "/api/reader/x", "Content-Length: 10\r\n") + "abc");
			assertThat(rest(socket)).startsWith("HTTP/1.1 408 ").contains("/problems/request-timeout");
		}
	}

	@Test
	void aBodyThatComesByteByByteIsGivenUpInTheEnd() throws IOException {
		try (Socket socket = connect()) {
			write(socket, head("POST", "/api/reader/x", "Content-Length: 1000\r\n"));
			Flux.interval(Duration.ofMillis(50), Schedulers.boundedElastic())
				.take(100)
				.takeUntil((tick) -> !trickle(socket))
				.subscribe();
			assertThat(rest(socket)).startsWith("HTTP/1.1 408 ");
		}
	}

	@Test
	void aClientThatTakesNothingIsGivenUpOnBothWays() throws IOException {
		for (String way : new String[] { "", "Transfer-Encoding: chunked\r\n" }) {
			long before = cut.get();
			try (Socket socket = connect()) {
				socket.setReceiveBufferSize(16 * 1024);
				write(socket, head("GET", "/api/deals/endless", way) + (way.isEmpty() ? "" : "0\r\n\r\n"));
				await().until(() -> cut.get() > before);
			}
		}
	}

	@Test
	void aConnectionEndsAfterSoManyRequests() throws IOException {
		for (String way : new String[] { "GET", "DELETE" }) {
			try (Socket socket = connect()) {
				for (int i = 0; i < 2; i++) {
					write(socket, head(way, "/api/deals/x", ""));
					read(socket, "ok");
				}
				write(socket, head(way, "/api/deals/x", "") + head(way, "/api/deals/too-many", ""));
				String all = rest(socket);
				assertThat(all).startsWith("HTTP/1.1 200").endsWith("\r\n\r\nok");
				assertThat(all).containsIgnoringCase("connection: close");
				assertThat(upstream.heads()).noneMatch((head) -> head.contains("too-many"));
			}
		}
	}

	private static boolean trickle(Socket socket) {
		try {
			write(socket, "a");
			return true;
		}
		catch (IOException closed) {
			return false;
		}
	}

	private static String head(String method, String path, String more) {
		return "%s %s HTTP/1.1\r\nHost: localhost\r\nCookie: %s\r\nX-Pergola: 1\r\n%s\r\n".formatted(method, path,
				cookie, more);
	}

	private static Socket connect() throws IOException {
		Socket socket = new Socket("localhost", bff.port());
		socket.setSoTimeout(10_000);
		return socket;
	}

	private static void write(Socket socket, String bytes) throws IOException {
		socket.getOutputStream().write(bytes.getBytes(StandardCharsets.US_ASCII));
	}

	private static void read(Socket socket, String until) throws IOException {
		StringBuilder all = new StringBuilder();
		while (!all.toString().endsWith("\r\n\r\n" + until)) {
			all.append((char) socket.getInputStream().read());
		}
	}

	/** Everything until the end of the connection; a reset is one, too. */
	private static String rest(Socket socket) {
		StringBuilder all = new StringBuilder();
		try {
			for (int next = socket.getInputStream().read(); next >= 0; next = socket.getInputStream().read()) {
				all.append((char) next);
			}
		}
		catch (SocketTimeoutException ex) {
			return "still open: " + all;
		}
		catch (IOException reset) {
			return all.toString();
		}
		return all.toString();
	}

}
