package dev.pergola.bff.corpus;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.pergola.bff.TestBff;
import dev.pergola.bff.TestCatalog;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Requests that try something, byte for byte, on both ways through the bff. */
class CorpusIntegrationTests {

	private static final String[] SETTINGS = { "pergola.bff.server.max-request-line=4KB",
			"pergola.bff.server.max-body=100000B" };

	private static RecordingUpstream upstream;

	private static List<Way> ways;

	@BeforeAll
	static void start() throws IOException {
		upstream = new RecordingUpstream();
		ways = List.of(Way.start("direct"), Way.start("gateway", "pergola.bff.direct.enabled=false"));
	}

	@AfterAll
	static void stop() throws IOException {
		ways.forEach((way) -> way.bff.close());
		upstream.close();
	}

	static Stream<CorpusCase> smuggling() {
		return CorpusCase.read("smuggling.http").stream();
	}

	static Stream<CorpusCase> targets() {
		return CorpusCase.read("targets.http").stream();
	}

	static Stream<CorpusCase> headers() {
		return CorpusCase.read("headers.http").stream();
	}

	static Stream<CorpusCase> limits() {
		return CorpusCase.read("limits.http").stream();
	}

	@ParameterizedTest
	@MethodSource
	@Tag("security-39")
	void smuggling(CorpusCase each) {
		ways.forEach((way) -> way.hold(each));
	}

	@ParameterizedTest
	@MethodSource
	@Tag("security-37")
	@Tag("security-27")
	void targets(CorpusCase each) {
		ways.forEach((way) -> way.hold(each));
	}

	@ParameterizedTest
	@MethodSource
	@Tag("security-31")
	@Tag("security-32")
	@Tag("security-34")
	@Tag("security-38")
	void headers(CorpusCase each) {
		ways.forEach((way) -> way.hold(each));
	}

	@ParameterizedTest
	@MethodSource
	@Tag("security-42")
	void limits(CorpusCase each) {
		ways.forEach((way) -> way.hold(each));
	}

	/** One way through the bff. */
	private record Way(String name, TestBff bff, String cookie) {

		private static final Map<String, Pattern> ADDED = Map.of("host", Pattern.compile("localhost:\\d+"),
				"authorization", Pattern.compile("Bearer ey[\\w.-]+"), "x-forwarded-for", Pattern.compile("127.0.0.1"),
				"x-forwarded-proto", Pattern.compile("http"), "x-forwarded-host", Pattern.compile("localhost:\\d+"),
				"x-forwarded-port", Pattern.compile("\\d+"), "x-forwarded-prefix", Pattern.compile("/api/deals"),
				"traceparent", Pattern.compile("00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]"), "pergola-deadline-ms",
				Pattern.compile("\\d{1,5}"));

		private static final List<String> OF_CLIENT = List.of("accept: */*", "user-agent: corpus", "content-length: 0");

		static Way start(String name, String... settings) {
			List<String> all = new ArrayList<>(List.of(SETTINGS));
			all.addAll(List.of(settings));
			TestBff bff = TestBff.start(all.toArray(String[]::new));
			bff.publish(TestCatalog.module("deals", "http://localhost:" + upstream.port()));
			return new Way(name, bff, bff.session("ada"));
		}

		void hold(CorpusCase each) {
			upstream.take();
			String host = "localhost:" + this.bff.port();
			try (Socket socket = new Socket("localhost", this.bff.port())) {
				socket.setSoTimeout(10_000);
				write(socket, each.bytes(host, this.cookie));
				List<Integer> statuses = new ArrayList<>();
				for (int i = 0; i < each.statuses().size(); i++) {
					statuses.add(answer(socket.getInputStream()));
				}
				assertThat(statuses).as(this.name).isEqualTo(each.statuses());
				if (each.closed()) {
					assertThat(socket.getInputStream().read()).as("end of the connection, " + this.name).isEqualTo(-1);
				}
				probe(each.closed() ? null : socket, host);
			}
			catch (IOException ex) {
				throw new AssertionError(this.name + ": " + ex, ex);
			}
			assertThat(seen()).as("what the upstream saw, " + this.name)
				.isEqualTo(each.seen().stream().map(List::copyOf).toList());
		}

		/** What reached the upstream before the next call did is what the case caused. */
		private void probe(Socket open, String host) throws IOException {
			String request = "GET /api/deals/probe HTTP/1.1\r\nHost: %s\r\nCookie: %s\r\nX-Pergola: 1\r\nAccept: */*\r\nUser-Agent: corpus\r\n\r\n"
				.formatted(host, this.cookie);
			try (Socket socket = (open != null) ? open : new Socket("localhost", this.bff.port())) {
				socket.setSoTimeout(10_000);
				write(socket, request);
				assertThat(answer(socket.getInputStream())).as("the next call, " + this.name).isEqualTo(200);
			}
		}

		private List<List<String>> seen() {
			List<RecordingUpstream.Message> messages = upstream.take();
			assertThat(messages.getLast().target()).isEqualTo("GET /probe HTTP/1.1");
			return messages.subList(0, messages.size() - 1).stream().map(Way::plain).toList();
		}

		/** Without what the bff adds, which has to be there once. */
		private static List<String> plain(RecordingUpstream.Message message) {
			List<String> lines = new ArrayList<>();
			List<String> added = new ArrayList<>();
			message.head().stream().skip(1).forEach((line) -> {
				String name = line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT);
				String value = line.substring(line.indexOf(':') + 1).strip();
				Pattern expected = ADDED.get(name);
				if (expected == null) {
					lines.add(name + ": " + value);
				}
				else {
					assertThat(value).as(name).matches(expected);
					added.add(name);
				}
			});
			assertThat(added).containsExactlyInAnyOrderElementsOf(ADDED.keySet());
			lines.removeAll(OF_CLIENT);
			lines.sort(null);
			lines.addFirst(message.target());
			if (!message.body().isEmpty()) {
				lines.add("");
				lines.addAll(List.of(message.body()));
			}
			return lines;
		}

		private static void write(Socket socket, String bytes) throws IOException {
			socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
		}

		/** Status of the next answer that is a final one. */
		private static int answer(InputStream in) throws IOException {
			StringBuilder head = new StringBuilder();
			while (!head.toString().endsWith("\r\n\r\n")) {
				int next = in.read();
				if (next < 0) {
					throw new IOException("no answer: " + head);
				}
				head.append((char) next);
			}
			int status = Integer.parseInt(head.substring(9, 12));
			if (status < 200) {
				return answer(in);
			}
			skipBody(head.toString().toLowerCase(Locale.ROOT), in);
			return status;
		}

		private static void skipBody(String head, InputStream in) throws IOException {
			int length = head.indexOf("content-length: ");
			if (length >= 0) {
				in.readNBytes(Integer.parseInt(head.substring(length + 16, head.indexOf('\r', length))));
			}
			else if (head.contains("transfer-encoding: chunked")) {
				StringBuilder body = new StringBuilder();
				while (!body.toString().endsWith("0\r\n\r\n")) {
					body.append((char) in.read());
				}
			}
		}

	}

}
