package dev.pergola.bff.resilience;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

import dev.pergola.bff.RawUpstream;
import dev.pergola.bff.TestBff;
import dev.pergola.bff.TestCatalog;
import dev.pergola.manifests.catalog.CatalogModule;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** An upstream in trouble, met on either way. Each test has an upstream of its own. */
abstract class UpstreamInTrouble {

	static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

	static final AtomicInteger names = new AtomicInteger();

	static final Map<String, CatalogModule> modules = new ConcurrentHashMap<>();

	static final List<RawUpstream> upstreams = new ArrayList<>();

	static final Executor executor = Executors.newVirtualThreadPerTaskExecutor();

	static TestBff bff;

	static String cookie;

	@BeforeAll
	static void start() {
		bff = TestBff.start("pergola.bff.resilience.max-calls=12", "pergola.bff.resilience.max-calls-per-module=6",
				"pergola.bff.resilience.body-idle=300ms", "pergola.bff.resilience.circuit.min-calls=6",
				"pergola.bff.resilience.circuit.window=60s", "pergola.bff.resilience.circuit.open-for=400ms",
				"pergola.bff.resilience.circuit.trial-calls=1", "pergola.bff.resilience.retry.window=5m",
				"pergola.bff.upstreams.node=bff-a", "management.server.port=0",
				"management.endpoints.web.exposure.include=upstreams");
		cookie = bff.session("ada");
	}

	@AfterAll
	static void stop() {
		bff.close();
		upstreams.forEach(RawUpstream::close);
		upstreams.clear();
		modules.clear();
	}

	/** The two ways a call can go. */
	enum Way {

		DIRECT, LONG;

		HttpRequest.Builder request(String path) {
			HttpRequest.Builder request = bff.request(path, (this == LONG) ? TestBff.token("ada") : null)
				.timeout(Duration.ofSeconds(10));
			return (this == DIRECT) ? request.header("Cookie", cookie).header("X-Pergola", "1") : request;
		}

		String head(String path, String more) {
			String who = (this == DIRECT) ? "Cookie: " + cookie + "\r\nX-Pergola: 1"
					: "Authorization: Bearer " + TestBff.token("ada");
			return "GET %s HTTP/1.1\r\nHost: localhost\r\n%s\r\n%s\r\n".formatted(path, who, more);
		}

		HttpResponse<String> get(String path) {
			return TestBff.send(request(path).build());
		}

	}

	/** A module with an upstream nobody else calls. */
	record Module(String name, RawUpstream upstream) {

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

	static Module module(RawUpstream.Answer answer) throws IOException {
		RawUpstream upstream = new RawUpstream(answer);
		upstreams.add(upstream);
		Module module = new Module("m" + names.incrementAndGet(), upstream);
		publish(TestCatalog.module(module.name(), "http://localhost:" + upstream.port(), Duration.ofSeconds(5),
				List.of(), List.of()));
		return module;
	}

	static void publish(CatalogModule module) {
		modules.put(module.module(), module);
		bff.publish(modules.values().toArray(CatalogModule[]::new));
	}

	static long deadline(String head) {
		return head.lines()
			.filter((line) -> line.regionMatches(true, 0, Permit.DEADLINE + ":", 0, Permit.DEADLINE.length() + 1))
			.mapToLong((line) -> Long.parseLong(line.substring(Permit.DEADLINE.length() + 1).strip()))
			.findFirst()
			.orElse(-1);
	}

	static boolean keep(OutputStream out, String bytes) throws IOException {
		out.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
		return true;
	}

	static boolean end(OutputStream out, String bytes) throws IOException {
		keep(out, bytes);
		return false;
	}

	static boolean hold(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		return false;
	}

	static Socket connect(Way way, String path, int receiveBuffer) throws IOException {
		return connect(way.head(path, ""), receiveBuffer);
	}

	static Socket connect(String head, int receiveBuffer) throws IOException {
		Socket socket = new Socket("localhost", bff.port());
		socket.setSoTimeout(10_000);
		if (receiveBuffer > 0) {
			socket.setReceiveBufferSize(receiveBuffer);
		}
		socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
		return socket;
	}

	/** Everything until the bff closes the connection. */
	static String raw(Way way, String path) {
		return raw(way, path, "");
	}

	static String raw(Way way, String path, String more) {
		try (Socket socket = connect(way.head(path, more), 0)) {
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
	static String plain(String all) {
		return all.replaceAll("\r\n$", "");
	}

	static void await(BooleanSupplier condition) {
		// Not on a thread the bff's own timers need: a condition may be a call.
		Flux.interval(Duration.ofMillis(10), Schedulers.boundedElastic())
			.takeUntil((tick) -> condition.getAsBoolean())
			.blockLast(Duration.ofSeconds(10));
	}

}
