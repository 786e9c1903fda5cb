package dev.pergola.bff.server;

import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import dev.pergola.bff.RawUpstream;
import dev.pergola.bff.TestBff;
import dev.pergola.bff.TestCatalog;
import io.netty.util.internal.PlatformDependent;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** Clients of HTTP/2 that try something. */
class Http2IntegrationTests {

	private static final int REFUSED_STREAM = 7;

	private static final int ENHANCE_YOUR_CALM = 11;

	private static final AtomicLong written = new AtomicLong();

	private static RawUpstream upstream;

	private static DisposableServer slow;

	private static TestBff bff;

	private static String token;

	@BeforeAll
	static void start() throws IOException {
		upstream = new RawUpstream(Http2IntegrationTests::answer);
		bff = TestBff.start("server.http2.enabled=true", "pergola.bff.server.http2.max-streams=20",
				"pergola.bff.server.max-body=1000B", "pergola.bff.server.read-timeout=500ms",
				"pergola.bff.server.write-timeout=500ms", "pergola.bff.server.http2.max-resets=50",
				"pergola.bff.server.http2.max-forced-resets=50");
		// Reads bodies to their end before it answers.
		slow = HttpServer.create()
			.host("localhost")
			.port(0)
			.handle((request, response) -> request.receive().then().then(response.sendString(Mono.just("ok")).then()))
			.bindNow();
		bff.publish(TestCatalog.module("deals", "http://localhost:" + upstream.port()),
				TestCatalog.module("slow", "http://localhost:" + slow.port()));
		token = "Bearer " + TestBff.token("ada");
	}

	@AfterAll
	static void stop() {
		// First: the bff takes the event loops with it.
		slow.disposeNow();
		bff.close();
		upstream.close();
	}

	private static boolean answer(String head, OutputStream out) throws IOException {
		if (head.startsWith("GET /endless")) {
			out.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
			byte[] piece = new byte[65536];
			for (int i = 0; i < 15_000; i++) {
				out.write(piece);
				written.addAndGet(piece.length);
			}
			return false;
		}
		if (head.startsWith("POST")) {
			// Reads no body, so that nobody waits for one.
			out.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"
				.getBytes(StandardCharsets.US_ASCII));
			return false;
		}
		out.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(StandardCharsets.US_ASCII));
		return true;
	}

	static Stream<Arguments> heads() {
		return Stream.of(arguments("plain", "200", with("GET", "/api/deals/x")),
				arguments("trailers", "200", with("GET", "/api/deals/x", "te", "trailers")),
				arguments("cookies in pieces", "200", with("GET", "/api/deals/x", "cookie", "a=b", "cookie", "c=d")),
				arguments("line end in a value", "reset", with("GET", "/api/deals/x", "x-a", "b\r\nx-user: root")),
				arguments("line feed in a value", "reset", with("GET", "/api/deals/x", "x-a", "b\nx-user: root")),
				arguments("NUL in a value", "reset", with("GET", "/api/deals/x", "x-a", "b\0c")),
				arguments("line end in a name", "reset", with("GET", "/api/deals/x", "x-a: b\r\nx-user", "root")),
				arguments("space in a name", "reset", with("GET", "/api/deals/x", "x a", "b")),
				arguments("colon in a name", "reset", with("GET", "/api/deals/x", "x:a", "b")),
				arguments("large letter in a name", "reset", with("GET", "/api/deals/x", "X-A", "b")),
				arguments("empty name", "reset", with("GET", "/api/deals/x", "", "b")),
				arguments("space in the path", "reset", with("GET", "/api/deals/x HTTP/1.1")),
				arguments("line end in the path", "reset", with("GET", "/api/deals/x HTTP/1.1\r\nx-user: root")),
				arguments("no path", "reset", List.of(":method", "GET", ":scheme", "http", ":authority", "localhost")),
				arguments("empty path", "reset", with("GET", "")),
				arguments("address of another host", "reset", with("GET", "http://evil.example/api/deals/x")),
				arguments("path without slash", "reset", with("GET", "api/deals/x")),
				arguments("fragment", "reset", with("GET", "/api/deals/x#y")),
				arguments("space in the method", "reset", with("GET /api/deals/y", "/api/deals/x")),
				arguments("line end in the method", "reset", with("GET\r\n", "/api/deals/x")),
				arguments("two paths", "reset", with("GET", "/api/deals/x", ":path", "/api/deals/y")),
				arguments("unknown pseudo header", "reset", with("GET", "/api/deals/x", ":x", "y")),
				arguments("status of a request", "reset", with("GET", "/api/deals/x", ":status", "200")),
				arguments("connection", "reset", with("GET", "/api/deals/x", "connection", "x-a")),
				arguments("coding", "reset", with("POST", "/api/deals/x", "transfer-encoding", "chunked")),
				arguments("upgrade", "reset", with("GET", "/api/deals/x", "upgrade", "h2c")),
				arguments("TE of something else", "reset", with("GET", "/api/deals/x", "te", "gzip")),
				arguments("TE of more", "reset", with("GET", "/api/deals/x", "te", "trailers, chunked")),
				arguments("length without a body", "reset", with("POST", "/api/deals/x", "content-length", "3")),
				arguments("two lengths", "reset",
						with("POST", "/api/deals/x", "content-length", "0", "content-length", "3")),
				arguments("length with a sign", "reset", with("POST", "/api/deals/x", "content-length", "+0")),
				arguments("two hosts", "reset", with("GET", "/api/deals/x", "host", "evil.example")),
				arguments("user in the host", "400",
						List.of(":method", "GET", ":scheme", "http", ":path", "/api/deals/x", ":authority",
								"a@localhost", "authorization", token)),
				arguments("no host", "400",
						List.of(":method", "GET", ":scheme", "http", ":path", "/api/deals/x", "authorization", token)),
				arguments("too large a body", "413", with("POST", "/api/deals/x", "content-length", "1001")),
				arguments("path that can be read in two ways", "400", with("GET", "/api/deals/..%2fx")),
				arguments("method nobody allows", "400", with("STEAL", "/api/deals/x")));
	}

	private static List<String> with(String method, String path, String... more) {
		List<String> headers = new ArrayList<>(List.of(":method", method, ":scheme", "http", ":path", path,
				":authority", "localhost:" + bff.port(), "authorization", token));
		headers.addAll(List.of(more));
		return headers;
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource
	@Tag("security-40")
	void heads(String name, String expected, List<String> headers) throws IOException {
		int before = upstream.heads().size();
		try (H2Socket client = new H2Socket(bff.port())) {
			boolean body = expected.equals("413");
			String end = client.end(client.open(!body, headers.toArray(String[]::new)));
			assertThat(end).as(name).isEqualTo(expected);
			assertThat(upstream.heads()).hasSize(before + (expected.equals("200") ? 1 : 0));
			assertThat(client.end(client.open(true, with("GET", "/api/deals/probe").toArray(String[]::new))))
				.as("the next request")
				.isEqualTo("200");
		}
		assertThat(upstream.heads().getLast()).startsWith("GET /probe HTTP/1.1\r\n").doesNotContain("root");
	}

	@Test
	@Tag("security-40")
	void aBodyLongerThanItsLengthIsReset() throws IOException {
		int before = upstream.heads().size();
		try (H2Socket client = new H2Socket(bff.port())) {
			int stream = client.open(false,
					with("POST", "/api/nobody/x", "content-length", "3").toArray(String[]::new));
			client.send(H2Socket.DATA, H2Socket.END_STREAM, stream, new byte[20]);
			assertThat(client.end(stream)).isIn("reset", "404");
		}
		assertThat(upstream.heads()).hasSize(before);
	}

	@Test
	@Tag("security-42")
	void aBodyThatGrowsTooLargeIsRefused() throws IOException {
		try (H2Socket client = new H2Socket(bff.port())) {
			int stream = client.open(false, with("POST", "/api/slow/x").toArray(String[]::new));
			client.send(H2Socket.DATA, 0, stream, new byte[600]);
			client.send(H2Socket.DATA, H2Socket.END_STREAM, stream, new byte[600]);
			assertThat(client.end(stream)).isEqualTo("413");
		}
	}

	@Test
	@Tag("security-41")
	void aBodyThatDoesNotComeIsGivenUp() throws IOException {
		try (H2Socket client = new H2Socket(bff.port())) {
			int stream = client.open(false, with("POST", "/api/slow/x").toArray(String[]::new));
			client.send(H2Socket.DATA, 0, stream, new byte[10]);
			assertThat(client.end(stream)).isEqualTo("408");
		}
	}

	@Test
	@Tag("security-41")
	void requestsThatAreTakenBackAgainAndAgainEndTheConnection() throws IOException {
		int before = upstream.heads().size();
		long memory = memory();
		try (H2Socket client = new H2Socket(bff.port())) {
			flood(() -> {
				int stream = client.open(true, with("GET", "/api/deals/x").toArray(String[]::new));
				client.send(H2Socket.RST_STREAM, 0, stream, new byte[] { 0, 0, 0, 8 });
			});
			assertCalmed(client);
		}
		assertThat(upstream.heads().size() - before).isLessThan(60);
		assertServes(memory);
	}

	@Test
	@Tag("security-41")
	void requestsTheBffHasToTakeBackAgainAndAgainEndTheConnection() throws IOException {
		long memory = memory();
		try (H2Socket client = new H2Socket(bff.port())) {
			flood(() -> {
				int stream = client.open(true, with("GET", "/api/deals/x").toArray(String[]::new));
				// An increment of nothing is an error of the stream.
				client.send(H2Socket.WINDOW_UPDATE, 0, stream, new byte[4]);
			});
			assertCalmed(client);
		}
		assertServes(memory);
	}

	@Test
	@Tag("security-41")
	void headersWithoutEndEndTheConnection() throws IOException {
		for (int size : new int[] { 1000, 1, 0 }) {
			long memory = memory();
			try (H2Socket client = new H2Socket(bff.port())) {
				int stream = client.nextStream();
				client.send(H2Socket.HEADERS, H2Socket.END_STREAM, stream,
						client.block(with("GET", "/api/deals/x").toArray(String[]::new)));
				// An index of the static table, again and again.
				byte[] piece = new byte[size];
				Arrays.fill(piece, (byte) 0x82);
				flood(() -> client.send(H2Socket.CONTINUATION, 0, stream, piece));
				assertThat(client.await((frame) -> frame.type() == H2Socket.GOAWAY).type()).as("size " + size)
					.isIn(H2Socket.GOAWAY, -1);
			}
			assertServes(memory);
		}
	}

	@Test
	@Tag("security-41")
	void moreStreamsThanAreAllowedAreRefused() throws IOException {
		try (H2Socket client = new H2Socket(bff.port())) {
			// The limit holds once the client has heard of it.
			client.end(client.open(true, with("GET", "/api/deals/x").toArray(String[]::new)));
			for (int i = 0; i < 60; i++) {
				client.open(false, with("POST", "/api/slow/x").toArray(String[]::new));
			}
			H2Socket.Frame frame = client
				.await((each) -> each.type() == H2Socket.RST_STREAM && each.error() == REFUSED_STREAM);
			assertThat(frame.type()).isEqualTo(H2Socket.RST_STREAM);
		}
	}

	@Test
	@Tag("security-41")
	void aClientThatTakesNothingStopsTheUpstreamAndIsGivenUp() throws IOException {
		long memory = memory();
		try (H2Socket client = new H2Socket(bff.port(), 4, 0)) {
			int stream = client.open(true, with("GET", "/api/deals/endless").toArray(String[]::new));
			H2Socket.Frame frame = client
				.await((each) -> each.type() == H2Socket.RST_STREAM && each.stream() == stream);
			assertThat(frame.type()).isEqualTo(H2Socket.RST_STREAM);
			assertThat(written.get()).isPositive().isLessThan(32 << 20);
		}
		assertServes(memory);
	}

	/** Says the same thing until the other side has enough of it. */
	private static void flood(Attempt attempt) throws IOException {
		try {
			for (int i = 0; i < 5000; i++) {
				attempt.run();
			}
		}
		catch (SocketException closed) {
			assertThat(closed).hasMessageMatching("(?i).*(reset|broken pipe|closed|aborted).*");
		}
	}

	// What was sent after the end of the connection may take the last frame along.
	private static void assertCalmed(H2Socket client) throws IOException {
		H2Socket.Frame last = client.await((frame) -> frame.type() == H2Socket.GOAWAY);
		assertThat(last.type()).isIn(H2Socket.GOAWAY, -1);
		if (last.type() == H2Socket.GOAWAY) {
			assertThat(last.error()).isEqualTo(ENHANCE_YOUR_CALM);
		}
	}

	private static void assertServes(long before) throws IOException {
		try (H2Socket client = new H2Socket(bff.port())) {
			assertThat(client.end(client.open(true, with("GET", "/api/deals/x").toArray(String[]::new))))
				.isEqualTo("200");
		}
		assertThat(memory() - before).as("bytes of direct memory").isLessThan(32 << 20);
	}

	private static long memory() {
		return PlatformDependent.usedDirectMemory();
	}

	/** Something a client does. */
	private interface Attempt {

		void run() throws IOException;

	}

}
