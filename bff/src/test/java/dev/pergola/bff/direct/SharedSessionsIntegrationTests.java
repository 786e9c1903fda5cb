package dev.pergola.bff.direct;

import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

import dev.pergola.bff.RawUpstream;
import dev.pergola.bff.TestBff;
import dev.pergola.bff.TestCatalog;
import dev.pergola.session.store.SessionStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import redis.embedded.RedisServer;

import static org.assertj.core.api.Assertions.assertThat;

/** Two bffs that share their sessions, on both ways. */
class SharedSessionsIntegrationTests {

	private static RawUpstream upstream;

	private static RedisServer redis;

	private static TestBff one;

	private static TestBff two;

	@BeforeAll
	static void start() throws IOException {
		upstream = new RawUpstream(SharedSessionsIntegrationTests::answer);
		int port = freePort();
		redis = RedisServer.newRedisServer().port(port).setting("save \"\"").setting("bind 127.0.0.1").build();
		redis.start();
		one = bff(port);
		two = bff(port);
	}

	private static TestBff bff(int redisPort) {
		TestBff bff = TestBff.start("pergola.bff.streams.session-check=200ms", "pergola.session.store=redis",
				"pergola.session.keys=MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
				"pergola.session.redis.url=redis://localhost:" + redisPort);
		bff.publish(TestCatalog.module("deals", "http://localhost:" + upstream.port(), Duration.ofSeconds(20),
				List.of(), List.of()));
		return bff;
	}

	@AfterAll
	static void stop() throws IOException {
		one.close();
		two.close();
		redis.stop();
		upstream.close();
	}

	private static boolean answer(String head, OutputStream out) throws IOException {
		if (head.startsWith("GET /events")) {
			out.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
				.getBytes(StandardCharsets.US_ASCII));
			out.write("9\r\ndata: 1\n\n\r\n".getBytes(StandardCharsets.US_ASCII));
			return true;
		}
		String body = head.lines()
			.filter((line) -> line.regionMatches(true, 0, "authorization:", 0, 14))
			.findFirst()
			.orElse("nobody");
		out.write("HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s".formatted(body.length(), body)
			.getBytes(StandardCharsets.US_ASCII));
		return true;
	}

	@Test
	@Tag("bff-22")
	void callsGoDirectlyOnceANodeHasReadTheSession() {
		String cookie = one.session("ada");
		long before = taken(two);
		String first = call(two, cookie).body();
		assertThat(first).containsIgnoringCase("authorization: Bearer ");
		assertThat(taken(two)).isEqualTo(before);
		for (int i = 1; i <= 20; i++) {
			assertThat(call(two, cookie).body()).isEqualToIgnoringCase(first);
		}
		assertThat(taken(two)).isGreaterThan(before + 10);
	}

	@Test
	@Tag("security-10")
	@Tag("security-11")
	void aSessionThatEndsOnOneNodeIsNotServedOnTheOther() {
		String cookie = one.session("bob");
		call(two, cookie);
		assertThat(call(two, cookie).statusCode()).isEqualTo(200);
		end(one, cookie);
		long before = System.nanoTime();
		await(() -> call(two, cookie).statusCode() == 401);
		assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(1));
	}

	@Test
	@Tag("security-56")
	void nobodyIsServedWhileRedisIsAway() throws IOException {
		String cookie = one.session("ada");
		call(two, cookie);
		assertThat(call(two, cookie).statusCode()).isEqualTo(200);
		redis.stop();
		try {
			long before = System.nanoTime();
			await(() -> call(two, cookie).statusCode() == 503);
			assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
			assertThat(call(two, cookie).body()).contains("/problems/sessions-unavailable");
			assertThat(two.get("/api/deals/", TestBff.token("ada")).statusCode()).isEqualTo(200);
		}
		finally {
			redis.start();
		}
		await(() -> call(two, cookie).statusCode() == 401);
		await(() -> call(one, cookie).statusCode() == 401);
	}

	@ParameterizedTest
	@Tag("security-14")
	@ValueSource(booleans = { true, false })
	void aStreamEndsWithTheSessionOnAnotherNode(boolean known) throws IOException {
		String cookie = one.session("eve");
		if (known) {
			call(two, cookie);
		}
		try (Socket socket = new Socket("localhost", two.port())) {
			socket.setSoTimeout(20_000);
			socket.getOutputStream()
				.write("GET /api/deals/events HTTP/1.1\r\nHost: localhost\r\nCookie: %s\r\nX-Pergola: 1\r\nAccept: text/event-stream\r\nConnection: close\r\n\r\n"
					.formatted(cookie)
					.getBytes(StandardCharsets.US_ASCII));
			assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
				.isEqualTo("HTTP/1.1 200");
			end(one, cookie);
			long before = System.nanoTime();
			socket.getInputStream().readAllBytes();
			assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(3));
		}
	}

	private static void end(TestBff bff, String cookie) {
		bff.context().getBean(SessionStore.class).removeSession(cookie.substring(cookie.indexOf('=') + 1)).block();
	}

	private static HttpResponse<String> call(TestBff bff, String cookie) {
		return TestBff
			.send(bff.request("/api/deals/x", null).header("Cookie", cookie).header("X-Pergola", "1").GET().build());
	}

	private static long taken(TestBff bff) {
		return bff.context().getBean(DirectPath.class).taken();
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

	private static void await(BooleanSupplier condition) {
		Flux.interval(Duration.ofMillis(10), Schedulers.boundedElastic())
			.takeUntil((tick) -> condition.getAsBoolean())
			.blockLast(Duration.ofSeconds(15));
	}

}
