package dev.pergola.bff.resilience;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

import dev.pergola.bff.RawUpstream;
import dev.pergola.bff.TestBff;
import dev.pergola.bff.TestCatalog;
import dev.pergola.manifests.View;
import dev.pergola.manifests.ViewPart;
import dev.pergola.manifests.catalog.CatalogModule;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;

/** An upstream in trouble, met on either way. Each test has an upstream of its own. */
class ResilienceIntegrationTests {

	private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

	private static final AtomicInteger names = new AtomicInteger();

	private static final Map<String, CatalogModule> modules = new ConcurrentHashMap<>();

	private static final List<RawUpstream> upstreams = new ArrayList<>();

	private static final Executor executor = Executors.newVirtualThreadPerTaskExecutor();

	private static TestBff bff;

	private static String cookie;

	@BeforeAll
	static void start() {
		bff = TestBff.start("pergola.bff.resilience.max-calls=12", "pergola.bff.resilience.max-calls-per-module=6",
				"pergola.bff.resilience.body-idle=300ms", "pergola.bff.resilience.circuit.min-calls=6",
				"pergola.bff.resilience.circuit.window=60s", "pergola.bff.resilience.circuit.open-for=400ms",
				"pergola.bff.resilience.circuit.trial-calls=1", "pergola.bff.resilience.retry.window=5m",
				"management.server.port=0", "management.endpoints.web.exposure.include=upstreams");
		cookie = bff.session("ada");
	}

	@AfterAll
	static void stop() {
		bff.close();
		upstreams.forEach(RawUpstream::close);
	}

	/** The two ways a call can go. */
	enum Way {

		DIRECT, LONG;

		HttpRequest.Builder request(String path) {
			HttpRequest.Builder request = bff.request(path, (this == LONG) ? TestBff.token("ada") : null)
				.timeout(Duration.ofSeconds(10));
			return (this == DIRECT) ? request.header("Cookie", cookie).header("X-Pergola", "1") : request;
		}

		String head(String path) {
			String who = (this == DIRECT) ? "Cookie: " + cookie + "\r\nX-Pergola: 1"
					: "Authorization: Bearer " + TestBff.token("ada");
			return "GET %s HTTP/1.1\r\nHost: localhost\r\n%s\r\n\r\n".formatted(path, who);
		}

		HttpResponse<String> get(String path) {
			return TestBff.send(request(path).build());
		}

	}

	@ParameterizedTest
	@EnumSource(Way.class)
	@Tag("bff-16")
	@Tag("bff-18")
	void opensAfterAnswersThatBreakOffAndRecovers(Way way) throws Exception {
		AtomicInteger broken = new AtomicInteger(6);
		Module module = module((head, out) -> {
			if (broken.getAndDecrement() > 0) {
				return end(out, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
			}
			return keep(out, OK);
		});
		for (int i = 0; i < 6; i++) {
			assertThat(raw(way, module.path("/x"))).startsWith("HTTP/1.1 200").endsWith("half");
		}
		await(() -> module.guard().health().circuit().state().equals("open"));
		HttpResponse<String> refused = way.get(module.path("/x"));
		assertThat(refused.statusCode()).isEqualTo(503);
		assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
		assertThat(refused.body()).contains("/problems/circuit-open", "traceId", module.name())
			.doesNotContain("localhost");
		assertThat(module.upstream().heads()).hasSize(6);
		await(() -> way.get(module.path("/x")).statusCode() == 200);
		assertThat(module.guard().health().circuit().state()).isEqualTo("closed");
		assertThat(module.guard().failures().get(FailureKind.BROKEN)).isEqualTo(6);
		assertThat(module.guard().inFlight()).isZero();
	}

	@ParameterizedTest
	@EnumSource(Way.class)
	@Tag("bff-18")
	void makesACallAgainThatFailedBeforeTheFirstByte(Way way) throws Exception {
		AtomicInteger calls = new AtomicInteger();
		Module module = module((head, out) -> calls.incrementAndGet() % 2 == 0 && keep(out, OK));
		HttpResponse<String> response = way.get(module.path("/x"));
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).isEqualTo("ok");
		assertThat(module.upstream().heads()).hasSize(2)
			.allSatisfy((head) -> assertThat(deadline(head)).isBetween(1L, 5000L));
		assertThat(module.guard().retries()).isEqualTo(1);
		await(() -> module.guard().inFlight() == 0);
	}

	@ParameterizedTest
	@EnumSource(Way.class)
	@Tag("bff-18")
	void makesNoCallAgainThatBeganToBeAnswered(Way way) throws Exception {
		Module module = module((head, out) -> end(out, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nh"));
		raw(way, module.path("/x"));
		assertThat(module.upstream().heads()).hasSize(1);
		assertThat(module.guard().retries()).isZero();
	}

	@Test
	@Tag("bff-18")
	void makesNoCallTwiceThatMayHaveDoneSomething() throws Exception {
		Module module = module((head, out) -> false);
		HttpResponse<String> response = TestBff
			.send(Way.LONG.request(module.path("/x")).POST(HttpRequest.BodyPublishers.ofString("{\"a\":1}")).build());
		assertThat(response.statusCode()).isEqualTo(502);
		assertThat(TestBff.send(Way.LONG.request(module.path("/x")).DELETE().build()).statusCode()).isEqualTo(502);
		assertThat(module.upstream().heads()).hasSize(2);
	}

	@ParameterizedTest
	@EnumSource(Way.class)
	@Tag("bff-18")
	void theBudgetStopsAStormOfRetries(Way way) throws Exception {
		AtomicInteger good = new AtomicInteger(40);
		Module module = module((head, out) -> good.getAndDecrement() > 0 && keep(out, OK));
		for (int i = 0; i < 40; i++) {
			assertThat(way.get(module.path("/x")).statusCode()).isEqualTo(200);
		}
		int before = module.upstream().heads().size();
		int refused = 0;
		for (int i = 0; i < 60; i++) {
			refused += way.get(module.path("/x")).body().contains("circuit-open") ? 1 : 0;
		}
		int calls = module.upstream().heads().size() - before;
		assertThat(module.guard().retries()).isBetween(3L, 16L);
		assertThat(refused).isPositive();
		assertThat(calls).isLessThan(60 - refused + 20);
	}

	@ParameterizedTest
	@EnumSource(Way.class)
	@Tag("bff-16")
	void cutsAnAnswerThatFellSilent(Way way) throws Exception {
		CountDownLatch never = new CountDownLatch(1);
		Module module = module((head, out) -> {
			keep(out, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
			out.flush();
			return hold(never);
		});
		assertThat(raw(way, module.path("/x"))).startsWith("HTTP/1.1 200").endsWith("half");
		await(() -> module.guard().failures().get(FailureKind.STALLED) == 1);
		assertThat(module.guard().inFlight()).isZero();
		never.countDown();
	}

	@ParameterizedTest
	@EnumSource(Way.class)
	@Tag("bff-16")
	void leavesAStreamThatIsSilentAlone(Way way) throws Exception {
		CountDownLatch more = new CountDownLatch(1);
		Module module = module((head, out) -> {
			keep(out, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: 1\n\n");
			out.flush();
			hold(more);
			return end(out, "data: 2\n\n");
		});
		CompletableFuture<String> all = CompletableFuture.supplyAsync(() -> raw(way, module.path("/x")), executor);
		await(() -> !module.upstream().heads().isEmpty() && module.guard().inFlight() == 0);
		// Twice the time another answer would have had.
		Flux.interval(Duration.ofMillis(600)).blockFirst();
		more.countDown();
		assertThat(all.get()).contains("data: 1", "data: 2");
		assertThat(module.guard().failures().all()).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(Way.class)
	@Tag("bff-16")
	void aClientThatTakesNothingIsNoSilenceOfTheUpstream(Way way) throws Exception {
		byte[] chunk = ("10000\r\n" + "x".repeat(0x10000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
		Module module = module((head, out) -> {
			keep(out, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
			for (int i = 0; i < 512; i++) {
				out.write(chunk);
			}
			return end(out, "0\r\n\r\n");
		});
		try (Socket socket = connect(way, module.path("/x"), 16 * 1024)) {
			socket.getInputStream().readNBytes(1000);
			// Long enough for every buffer to fill, and for the time to pass twice.
			Flux.interval(Duration.ofMillis(900)).blockFirst();
			assertThat(module.guard().failures().all()).isEmpty();
			assertThat(module.guard().inFlight()).isOne();
			socket.getInputStream().skipNBytes(32L << 20);
		}
		await(() -> module.guard().inFlight() == 0);
		assertThat(module.guard().failures().all()).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(Way.class)
	@Tag("bff-18")
	void aClientThatLeavesFreesItsPlaceAndCountsAsNoFailure(Way way) throws Exception {
		CountDownLatch never = new CountDownLatch(1);
		Module module = module((head, out) -> {
			if (head.contains("/body")) {
				keep(out, "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\nhalf");
				out.flush();
			}
			return hold(never);
		});
		for (String path : List.of("/silent", "/body")) {
			int before = module.upstream().heads().size();
			try (Socket socket = connect(way, module.path(path), 0)) {
				await(() -> module.upstream().heads().size() > before && module.guard().inFlight() == 1);
				if (path.equals("/body")) {
					socket.getInputStream().read();
				}
			}
			await(() -> module.guard().inFlight() == 0);
		}
		assertThat(module.guard().failures().all()).isEmpty();
		assertThat(module.guard().health().limit().inFlight()).isZero();
		never.countDown();
	}

	@Test
	@Tag("bff-18")
	void anUploadThatBreaksOffIsNoFailureOfTheUpstream() throws Exception {
		CountDownLatch never = new CountDownLatch(1);
		Module module = module((head, out) -> hold(never));
		try (Socket socket = new Socket("localhost", bff.port())) {
			socket.setSoLinger(true, 0);
			String head = "POST %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nContent-Length: 1000000\r\n\r\nhalf";
			socket.getOutputStream()
				.write(head.formatted(module.path("/x"), TestBff.token("ada")).getBytes(StandardCharsets.US_ASCII));
			await(() -> module.upstream().heads().size() == 1 && module.guard().inFlight() == 1);
		}
		await(() -> module.guard().inFlight() == 0);
		assertThat(module.guard().failures().all()).isEmpty();
		never.countDown();
	}

	@ParameterizedTest
	@EnumSource(Way.class)
	@Tag("bff-19")
	void whatHangsOfOneModuleLeavesOthersAloneAndTooMuchInAllIsShed(Way way) throws Exception {
		CountDownLatch release = new CountDownLatch(1);
		RawUpstream.Answer hanging = (head, out) -> {
			hold(release);
			return keep(out, OK);
		};
		Module slow = module(hanging);
		Module other = module((head, out) -> head.contains("/hang") ? hanging.write(head, out) : keep(out, OK));
		List<CompletableFuture<HttpResponse<String>>> held = new ArrayList<>();
		hang(way, slow, "/x", held);
		HttpResponse<String> busy = way.get(slow.path("/x"));
		assertProblem(busy, "upstream-busy");
		assertThat(way.get(other.path("/x")).statusCode()).isEqualTo(200);
		hang(way, other, "/hang", held);
		Module third = module((head, out) -> keep(out, OK));
		HttpResponse<String> shed = way.get(third.path("/x"));
		assertProblem(shed, "overloaded");
		assertThat(third.upstream().heads()).isEmpty();
		assertThat(TestBff.send(bff.request("/api/nobody/x", null).build()).body()).contains("overloaded");
		release.countDown();
		for (CompletableFuture<HttpResponse<String>> call : held) {
			assertThat(call.get().statusCode()).isEqualTo(200);
		}
		assertThat(way.get(third.path("/x")).statusCode()).isEqualTo(200);
	}

	private static void hang(Way way, Module module, String path, List<CompletableFuture<HttpResponse<String>>> held) {
		for (int i = 0; i < 6; i++) {
			held.add(CompletableFuture.supplyAsync(() -> way.get(module.path(path)), executor));
		}
		await(() -> module.guard().inFlight() == 6);
	}

	private static void assertProblem(HttpResponse<String> response, String type) {
		assertThat(response.statusCode()).isEqualTo(503);
		assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
		assertThat(response.body()).contains("/problems/" + type, "traceId").doesNotContain("localhost");
	}

	@Test
	@Tag("bff-18")
	void partsOfAViewPassTheSameGuard() throws Exception {
		AtomicInteger calls = new AtomicInteger();
		Module deals = module((head, out) -> calls.incrementAndGet() != 1
				&& keep(out, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1\r\n\r\n1"));
		CountDownLatch never = new CountDownLatch(1);
		Module hanging = module((head, out) -> hold(never));
		Map<String, ViewPart> parts = new LinkedHashMap<>();
		parts.put("deals", new ViewPart(deals.name(), "/x", false, null));
		parts.put("owner", new ViewPart(hanging.name(), "/y", true, Duration.ofMillis(100)));
		String name = "m" + names.incrementAndGet();
		publish(TestCatalog.module(name, "http://localhost:1", null, List.of(new View("/v", null, parts)), List.of()));
		await(() -> bff.get("/views/" + name + "/v", TestBff.token("ada")).statusCode() != 404);
		assertThat(deals.guard().retries()).isEqualTo(1);
		assertThat(deals.upstream().heads()).allSatisfy((head) -> assertThat(deadline(head)).isBetween(1L, 2000L));
		await(() -> bff.get("/views/" + name + "/v", TestBff.token("ada")).body().contains("\"unavailable\""));
		assertThat(hanging.guard().failures().get(FailureKind.TIMEOUT)).isPositive();
		assertThat(hanging.guard().refusals().get(RefusalKind.CIRCUIT_OPEN)).isPositive();
		await(() -> hanging.guard().inFlight() == 0 && deals.guard().inFlight() == 0);
		never.countDown();
	}

	@Test
	void theStateOfModulesCanBeSeenWithoutTheirAddresses() throws Exception {
		Module module = module((head, out) -> false);
		Way.LONG.get(module.path("/x"));
		HttpResponse<String> response = TestBff.send(HttpRequest.newBuilder(URI.create("http://localhost:"
				+ bff.context().getEnvironment().getRequiredProperty("local.management.port") + "/actuator/upstreams"))
			.build());
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body())
			.contains("\"module\":\"" + module.name() + "\"", "\"failures\":{\"broken\":2}",
					"\"lastFailure\":\"broken\"", "\"maxCalls\":12")
			.doesNotContain("localhost", "" + module.upstream().port());
	}

	/** A module with an upstream nobody else calls. */
	private record Module(String name, RawUpstream upstream) {

		String path(String path) {
			return "/api/" + this.name + path;
		}

		UpstreamGuard guard() {
			return bff.context()
				.getBean(UpstreamGuards.class)
				.all()
				.stream()
				.filter((guard) -> guard.module().equals(this.name))
				.findFirst()
				.orElseThrow();
		}

	}

	private static Module module(RawUpstream.Answer answer) throws IOException {
		RawUpstream upstream = new RawUpstream(answer);
		upstreams.add(upstream);
		Module module = new Module("m" + names.incrementAndGet(), upstream);
		publish(TestCatalog.module(module.name(), "http://localhost:" + upstream.port(), Duration.ofSeconds(5),
				List.of(), List.of()));
		return module;
	}

	private static void publish(CatalogModule module) {
		modules.put(module.module(), module);
		bff.publish(modules.values().toArray(CatalogModule[]::new));
	}

	private static long deadline(String head) {
		return head.lines()
			.filter((line) -> line.regionMatches(true, 0, Permit.DEADLINE + ":", 0, Permit.DEADLINE.length() + 1))
			.mapToLong((line) -> Long.parseLong(line.substring(Permit.DEADLINE.length() + 1).strip()))
			.findFirst()
			.orElse(-1);
	}

	private static boolean keep(OutputStream out, String bytes) throws IOException {
		out.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
		return true;
	}

	private static boolean end(OutputStream out, String bytes) throws IOException {
		keep(out, bytes);
		return false;
	}

	private static boolean hold(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		return false;
	}

	private static Socket connect(Way way, String path, int receiveBuffer) throws IOException {
		Socket socket = new Socket("localhost", bff.port());
		socket.setSoTimeout(10_000);
		if (receiveBuffer > 0) {
			socket.setReceiveBufferSize(receiveBuffer);
		}
		socket.getOutputStream().write(way.head(path).getBytes(StandardCharsets.US_ASCII));
		return socket;
	}

	/** Everything until the bff closes the connection. */
	private static String raw(Way way, String path) {
		try (Socket socket = connect(way, path, 0)) {
			StringBuilder all = new StringBuilder();
			byte[] piece = new byte[8192];
			for (int read = socket.getInputStream().read(piece); read >= 0; read = socket.getInputStream()
				.read(piece)) {
				all.append(new String(piece, 0, read, StandardCharsets.ISO_8859_1));
				if (all.toString().endsWith("0\r\n\r\n")) {
					break;
				}
			}
			return plain(all.toString());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	// Sizes of chunks are no part of what was said.
	private static String plain(String all) {
		return all.replaceAll("\r\n$", "");
	}

	private static void await(BooleanSupplier condition) {
		// Not on a thread the bff's own timers need: a condition may be a call.
		Flux.interval(Duration.ofMillis(10), Schedulers.boundedElastic())
			.takeUntil((tick) -> condition.getAsBoolean())
			.blockLast(Duration.ofSeconds(10));
	}

}
