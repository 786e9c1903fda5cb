package dev.pergola.bff.direct;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import dev.pergola.bff.RawUpstream;
import dev.pergola.bff.TestBff;
import dev.pergola.bff.TestCatalog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

import org.springframework.context.event.ContextClosedEvent;

import static org.assertj.core.api.Assertions.assertThat;

/** Calls that went directly come to their end before this process does. */
class DirectStopIntegrationTests {

	private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

	private final CountDownLatch answers = new CountDownLatch(1);

	private final CountDownLatch begun = new CountDownLatch(1);

	private RawUpstream upstream;

	private TestBff bff;

	private String cookie;

	@BeforeEach
	void start() throws IOException {
		this.upstream = new RawUpstream((head, out) -> {
			boolean half = head.contains("/half");
			if (half) {
				out.write("HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nhalf".getBytes(StandardCharsets.US_ASCII));
				out.flush();
			}
			if (half || head.contains("/slow")) {
				hold(this.answers);
			}
			out.write((half ? "done" : OK).getBytes(StandardCharsets.US_ASCII));
			return true;
		});
		this.bff = TestBff.start("server.shutdown=graceful", "spring.lifecycle.timeout-per-shutdown-phase=30s");
		this.bff.publish(TestCatalog.module("deals", "http://localhost:" + this.upstream.port(), Duration.ofSeconds(20),
				List.of(), List.of()));
		this.cookie = this.bff.session("ada");
		this.bff.context().addApplicationListener((ContextClosedEvent event) -> this.begun.countDown());
	}

	@AfterEach
	void stop() {
		this.answers.countDown();
		this.bff.close();
		this.upstream.close();
	}

	private static void hold(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Test
	void callsInFlightAreAnsweredAndNewOnesTakeTheLongWay() throws Exception {
		try (Socket silent = connect("/slow"); Socket begun = connect("/half")) {
			String first = new String(begun.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
			assertThat(first).isEqualTo("HTTP/1.1 200");
			await(() -> this.upstream.heads().size() == 2);
			assertThat(taken()).isEqualTo(2);
			CompletableFuture<Void> stopped = CompletableFuture.runAsync(this.bff::close);
			assertThat(this.begun.await(10, TimeUnit.SECONDS)).isTrue();
			await(() -> {
				long before = taken();
				assertThat(call().statusCode()).isEqualTo(200);
				return taken() == before;
			});
			assertThat(stopped).isNotDone();
			this.answers.countDown();
			assertThat(rest(silent)).startsWith("HTTP/1.1 200")
				.containsIgnoringCase("connection: close")
				.endsWith("ok");
			assertThat(rest(begun)).endsWith("halfdone");
			stopped.get(20, TimeUnit.SECONDS);
		}
	}

	@Test
	void aStopWithoutCallsWaitsForNothing() throws Exception {
		assertThat(call().statusCode()).isEqualTo(200);
		CompletableFuture.runAsync(this.bff::close).get(20, TimeUnit.SECONDS);
	}

	private Socket connect(String path) throws IOException {
		Socket socket = new Socket("localhost", this.bff.port());
		socket.setSoTimeout(20_000);
		socket.getOutputStream()
			.write("GET /api/deals%s HTTP/1.1\r\nHost: localhost\r\nCookie: %s\r\nX-Pergola: 1\r\n\r\n"
				.formatted(path, this.cookie)
				.getBytes(StandardCharsets.US_ASCII));
		return socket;
	}

	/** Everything until the bff closes the connection. */
	private static String rest(Socket socket) throws IOException {
		return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
	}

	private HttpResponse<String> call() {
		return TestBff.send(
				this.bff.request("/api/deals/x", null).header("Cookie", this.cookie).header("X-Pergola", "1").build());
	}

	private long taken() {
		return this.bff.context().getBean(DirectPath.class).taken();
	}

	private static void await(BooleanSupplier condition) {
		Flux.interval(Duration.ofMillis(10), Schedulers.boundedElastic())
			.takeUntil((tick) -> condition.getAsBoolean())
			.blockLast(Duration.ofSeconds(10));
	}

}
