package dev.pergola.bff.compression;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;

import dev.pergola.bff.TestBff;
import dev.pergola.bff.TestCatalog;
import dev.pergola.manifests.View;
import dev.pergola.manifests.ViewPart;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

import static org.assertj.core.api.Assertions.assertThat;

/** Bodies are the same on both ways: compressed, in parts, and as large as they like. */
class BodiesIntegrationTests {

	private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private static final String JSON = "[" + "{\"name\":\"Ada\"},".repeat(500) + "{}]";

	private static final int CHUNK = 64 * 1024;

	private static final int CHUNKS = 4096;

	private static final AtomicLong sent = new AtomicLong();

	private static final AtomicLong received = new AtomicLong();

	private static DisposableServer upstream;

	private static TestBff direct;

	private static TestBff longWay;

	enum Way {

		DIRECT, LONG;

		private TestBff bff() {
			return (this == DIRECT) ? direct : longWay;
		}

	}

	@BeforeAll
	static void start() {
		upstream = HttpServer.create()
			.host("localhost")
			.port(0)
			.route((routes) -> routes
				.route((request) -> request.uri().startsWith("/json"), BodiesIntegrationTests::json)
				.get("/plain",
						(request, response) -> response.header("Content-Type", "application/json")
							.sendString(Mono.just("{}")))
				.get("/parts",
						(request, response) -> response.header("Content-Type", "text/plain")
							.sendString(Flux.just("one ", "two ", "three").delayElements(Duration.ofMillis(50))))
				.get("/large", (request, response) -> response.header("Content-Type", "application/octet-stream")
					.send(Flux.range(0, CHUNKS).map((number) -> {
						sent.addAndGet(CHUNK);
						return Unpooled.wrappedBuffer(new byte[CHUNK]);
					})))
				.post("/upload",
						(request, response) -> request.receive()
							.doOnNext((part) -> received.addAndGet(part.readableBytes()))
							.then(Mono.defer(() -> response.sendString(Mono.just("" + received.get())).then()))))
			.bindNow();
		direct = TestBff.start();
		longWay = TestBff.start("pergola.bff.direct.enabled=false", "pergola.bff.server.max-body=512MB");
		for (TestBff bff : new TestBff[] { direct, longWay }) {
			View view = new View("/all", null, Map.of("all", new ViewPart(null, "/json", false, null)));
			bff.publish(
					TestCatalog.module("deals", "http://localhost:" + upstream.port(), null, List.of(view), List.of()));
		}
	}

	@AfterAll
	static void stop() {
		// First: the bff takes the event loops with it.
		upstream.disposeNow();
		direct.close();
		longWay.close();
	}

	@ParameterizedTest
	@EnumSource
	void jsonIsCompressedForWhoTakesItAndCanBeAskedForAgain(Way way) throws Exception {
		HttpResponse<byte[]> compressed = call(way, "/json", "Accept-Encoding", "gzip");
		assertThat(compressed.headers().firstValue("content-encoding")).contains("gzip");
		assertThat(compressed.headers().allValues("vary")).anyMatch((value) -> value.contains("accept-encoding"));
		assertThat(compressed.headers().firstValue("content-length")).isEmpty();
		assertThat(compressed.body().length).isLessThan(JSON.length() / 10);
		assertThat(unzipped(compressed.body())).isEqualTo(JSON);
		String tag = compressed.headers().firstValue("etag").orElseThrow();
		assertThat(tag).isEqualTo("\"v1--gz\"");
		HttpResponse<byte[]> again = call(way, "/json", "Accept-Encoding", "gzip", "If-None-Match", tag);
		assertThat(again.statusCode()).isEqualTo(304);
		assertThat(again.headers().firstValue("etag")).contains(tag);
		HttpResponse<byte[]> plain = call(way, "/json");
		assertThat(new String(plain.body(), StandardCharsets.UTF_8)).isEqualTo(JSON);
		assertThat(plain.headers().firstValue("etag")).contains("\"v1\"");
		assertThat(plain.headers().firstValue("content-length")).contains("" + JSON.length());
	}

	@ParameterizedTest
	@EnumSource
	void rangesAndHeadsPassAsTheyAre(Way way) throws Exception {
		HttpResponse<byte[]> range = call(way, "/json", "Accept-Encoding", "gzip", "Range", "bytes=0-9");
		assertThat(range.statusCode()).isEqualTo(206);
		assertThat(range.headers().firstValue("content-range")).contains("bytes 0-9/" + JSON.length());
		assertThat(range.headers().firstValue("content-encoding")).isEmpty();
		assertThat(new String(range.body(), StandardCharsets.UTF_8)).isEqualTo(JSON.substring(0, 10));
		HttpResponse<byte[]> head = send(way, request(way, "/json", "Accept-Encoding", "gzip").HEAD(),
				HttpResponse.BodyHandlers.ofByteArray());
		assertThat(head.statusCode()).isEqualTo(200);
		assertThat(head.headers().firstValue("content-length")).contains("" + JSON.length());
		assertThat(head.headers().firstValue("content-encoding")).isEmpty();
	}

	@ParameterizedTest
	@EnumSource
	void aTagOfACompressedAnswerServesToChangeWhatItStandsFor(Way way) throws Exception {
		HttpResponse<byte[]> put = send(way,
				request(way, "/json", "If-Match", "\"v1--gz\"").PUT(HttpRequest.BodyPublishers.ofString("[]")),
				HttpResponse.BodyHandlers.ofByteArray());
		assertThat(put.statusCode()).isEqualTo(204);
	}

	@Test
	void whatIsAnsweredHereKnowsItsTagAgainToo() throws Exception {
		HttpResponse<byte[]> view = send(Way.LONG, at(Way.LONG, "/views/deals", "/all", "Accept-Encoding", "gzip"),
				HttpResponse.BodyHandlers.ofByteArray());
		assertThat(view.headers().firstValue("content-encoding")).contains("gzip");
		String tag = view.headers().firstValue("etag").orElseThrow();
		assertThat(tag).endsWith("--gz\"");
		HttpResponse<byte[]> again = send(Way.LONG,
				at(Way.LONG, "/views/deals", "/all", "Accept-Encoding", "gzip", "If-None-Match", tag),
				HttpResponse.BodyHandlers.ofByteArray());
		assertThat(again.statusCode()).isEqualTo(304);
		assertThat(again.headers().firstValue("etag")).contains(tag);
	}

	@ParameterizedTest
	@EnumSource
	void partsOfACompressedAnswerComeAsTheyAreWritten(Way way) throws Exception {
		HttpResponse<byte[]> parts = call(way, "/parts", "Accept-Encoding", "gzip");
		assertThat(parts.headers().firstValue("content-encoding")).contains("gzip");
		assertThat(unzipped(parts.body())).isEqualTo("one two three");
	}

	@ParameterizedTest
	@EnumSource
	void aSlowReaderHoldsTheUpstreamBackInsteadOfFillingMemory(Way way) throws Exception {
		sent.set(0);
		long before = direct();
		HttpResponse<InputStream> large = send(way, request(way, "/large").GET(),
				HttpResponse.BodyHandlers.ofInputStream());
		try (InputStream body = large.body()) {
			body.readNBytes(CHUNK);
			long paused = settled(way);
			assertThat(paused).as("bytes sent to a reader that stands still").isLessThan(32L * 1024 * 1024);
			assertThat(direct() - before).as("memory outside the heap").isLessThan(48L * 1024 * 1024);
			long read = CHUNK;
			byte[] buffer = new byte[CHUNK];
			int count;
			while ((count = body.read(buffer)) >= 0) {
				read += count;
			}
			assertThat(read).isEqualTo((long) CHUNK * CHUNKS);
		}
	}

	/** In one piece, which goes back to the machine at once. */
	@Test
	void memoryThatIsHeldIsSeen() {
		long before = direct();
		ByteBuf held = ByteBufAllocator.DEFAULT.directBuffer(64 * 1024 * 1024);
		long after = direct();
		held.release();
		assertThat(after - before).isBetween(56L * 1024 * 1024, 72L * 1024 * 1024);
	}

	@Test
	@Tag("security-42")
	void anUploadOf256MegabytesPassesWithoutBeingHeld() throws Exception {
		long before = direct();
		received.set(0);
		AtomicLong most = new AtomicLong();
		HttpRequest.BodyPublisher body = HttpRequest.BodyPublishers.ofInputStream(() -> new Zeros(most, before));
		HttpResponse<byte[]> answer = send(Way.LONG, request(Way.LONG, "/upload").POST(body),
				HttpResponse.BodyHandlers.ofByteArray());
		assertThat(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo("" + (long) CHUNK * CHUNKS);
		assertThat(most.get()).as("memory outside the heap").isLessThan(64L * 1024 * 1024);
	}

	private static Publisher<Void> json(HttpServerRequest request, HttpServerResponse response) {
		response.header("Content-Type", "application/json").header("ETag", "\"v1\"").header("Accept-Ranges", "bytes");
		String tag = request.requestHeaders().get("If-None-Match");
		if ("\"v1\"".equals(tag)) {
			return response.status(304).send();
		}
		if (request.method().name().equals("PUT")) {
			return request.receive()
				.then(response.status("\"v1\"".equals(request.requestHeaders().get("If-Match")) ? 204 : 412).send());
		}
		byte[] bytes = JSON.getBytes(StandardCharsets.UTF_8);
		if (request.requestHeaders().contains("Range")) {
			return response.status(206)
				.header("Content-Range", "bytes 0-9/" + bytes.length)
				.header("Content-Length", "10")
				.sendByteArray(Mono.just(Arrays.copyOf(bytes, 10)));
		}
		response.header("Content-Length", "" + bytes.length);
		return request.method().name().equals("HEAD") ? response.send() : response.sendByteArray(Mono.just(bytes));
	}

	private static HttpResponse<byte[]> call(Way way, String path, String... headers) throws Exception {
		return send(way, request(way, path, headers).GET(), HttpResponse.BodyHandlers.ofByteArray());
	}

	private static HttpRequest.Builder request(Way way, String path, String... headers) {
		return at(way, "/api/deals", path, headers);
	}

	private static HttpRequest.Builder at(Way way, String prefix, String path, String... headers) {
		HttpRequest.Builder request = HttpRequest
			.newBuilder(URI.create("http://localhost:" + way.bff().port() + prefix + path))
			.header("Cookie", way.bff().session("ada"))
			.header("X-Pergola", "1")
			.header("Sec-Fetch-Site", "same-origin");
		return (headers.length > 0) ? request.headers(headers) : request;
	}

	private static <T> HttpResponse<T> send(Way way, HttpRequest.Builder request, HttpResponse.BodyHandler<T> body)
			throws Exception {
		HttpResponse<T> response = CLIENT.send(request.build(), body);
		assertThat(response.statusCode()).as(way + " " + response.uri()).isLessThan(400);
		return response;
	}

	private static String unzipped(byte[] body) throws IOException {
		return new String(new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes(), StandardCharsets.UTF_8);
	}

	/** Bytes the upstream has sent when it sends no more while others are served. */
	private static long settled(Way way) throws Exception {
		long before = -1;
		while (before != sent.get()) {
			before = sent.get();
			for (int call = 0; call < 20; call++) {
				call(way, "/plain");
			}
		}
		return before;
	}

	/** What Netty holds outside the heap; Java's own count knows nothing of that. */
	private static long direct() {
		return ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric().usedDirectMemory();
	}

	/** Many zeros, and a look at the memory while they are read. */
	private static final class Zeros extends InputStream {

		private final AtomicLong most;

		private final long before;

		private long left = (long) CHUNK * CHUNKS;

		Zeros(AtomicLong most, long before) {
			this.most = most;
			this.before = before;
		}

		@Override
		public int read() {
			return (this.left-- > 0) ? 0 : -1;
		}

		@Override
		public int read(byte @Nullable [] bytes, int offset, int length) {
			if (this.left <= 0) {
				return -1;
			}
			int count = (int) Math.min(length, this.left);
			this.left -= count;
			this.most.accumulateAndGet(direct() - this.before, Math::max);
			return count;
		}

	}

}
