package dev.pergola.bff.agents;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import dev.pergola.bff.TestBff;
import dev.pergola.bff.TestCatalog;
import dev.pergola.bff.runlog.RunName;
import dev.pergola.bff.streams.EventStreams;
import dev.pergola.bff.streams.SseEvent;
import dev.pergola.bff.streams.SseParser;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Streams between the bff and clients, proxies and networks as they are. */
class StreamEdgesIntegrationTests {

	private static final Duration SOON = Duration.ofSeconds(30);

	private static final FakeBridge bridge = new FakeBridge();

	private static TestBff bff;

	private final String run = RunsContract.name("run");

	@BeforeAll
	static void start() {
		bff = TestBff.start("pergola.bff.bridge-url=" + bridge.url(), "pergola.bff.bridge-token=bridge-token",
				"pergola.bff.agents.max-behind=2s", "pergola.bff.agents.max-runs-per-person=20",
				"pergola.bff.streams.heartbeat=300ms");
		bff.publish(TestCatalog.module("deals", null, null, List.of(), List.of(RunsContract.scout())));
	}

	@AfterAll
	static void stop() {
		bff.close();
		bridge.close();
	}

	@Test
	@Tag("S1")
	@Tag("S2")
	void aRunThatWaitsHasBegunForItsViewerAndBeatsUntilItGoesOn() throws IOException {
		bridge.program((id) -> Flux.never());
		try (Socket socket = post("")) {
			String stream = readUntil(socket, "\n:\n\n");
			assertThat(stream.indexOf(": pergola")).isLessThan(stream.indexOf("RUN_STARTED")).isPositive();
			assertThat(stream.toLowerCase(Locale.ROOT))
				.contains("content-type: text/event-stream\r\n", "cache-control: no-cache, no-transform\r\n",
						"x-accel-buffering: no\r\n")
				.doesNotContain("content-encoding");
		}
	}

	@Test
	@Tag("S2")
	void aViewerThatVanishesIsNoticed() throws IOException {
		bridge.program((id) -> Flux.never());
		Socket socket = post("");
		readUntil(socket, "RUN_STARTED");
		await().atMost(SOON).until(() -> found().log().readers() == 1);
		socket.setSoLinger(true, 0);
		socket.close();
		await().atMost(SOON).until(() -> found().log().readers() == 0);
		await().atMost(SOON).until(() -> bff.context().getBean(EventStreams.class).open() == 0);
	}

	@Test
	void aReaderOfOneByteAtATimeIsCutAndComesBack() throws IOException {
		int events = 3000;
		String filling = "x".repeat(4000);
		Sinks.Many<String> program = Sinks.many().unicast().onBackpressureBuffer();
		bridge.program((id) -> program.asFlux());
		ByteArrayOutputStream read = new ByteArrayOutputStream();
		try (Socket socket = post("Connection: close\r\n")) {
			read.writeBytes(readUntil(socket, "RUN_STARTED").getBytes(StandardCharsets.UTF_8));
			for (int i = 0; i < events; i++) {
				program.tryEmitNext("{\"type\":\"CUSTOM\",\"name\":\"%s\",\"value\":%d}".formatted(filling, i));
			}
			InputStream input = socket.getInputStream();
			await().atMost(SOON).until(() -> {
				read.write(input.read());
				return found().log().readers() == 0;
			});
			program.tryEmitNext("{\"type\":\"RUN_FINISHED\"}");
			read.writeBytes(rest(input));
		}
		byte[] body = unchunked(read.toByteArray());
		List<SseEvent> seen = new ArrayList<>(new SseParser(10_000).feed(body));
		assertThat(seen.size()).isLessThan(events);
		seen.addAll(
				new TestStream(bff, RunsContract.ADA).get("/agents/runs/" + this.run + "/events", seen.getLast().id())
					.collectList()
					.block(SOON));
		assertThat(seen).hasSize(events + 2);
		for (int i = 0; i < events; i++) {
			assertThat(seen.get(i + 1).data()).endsWith("\"value\":" + i + "}");
		}
	}

	@Test
	@Tag("S9")
	void aProxyWithDefaultsNeitherCompressesNorHoldsBack(@TempDir Path directory) throws IOException {
		Optional<Path> nginx = Stream.of("/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/bin/nginx")
			.map(Path::of)
			.filter(Files::isExecutable)
			.findFirst();
		Assumptions.assumeTrue(nginx.isPresent(), "skipped: nginx is not installed");
		int port = freePort();
		Files.writeString(directory.resolve("nginx.conf"), """
				daemon off;
				pid nginx.pid;
				error_log stderr warn;
				events {}
				http {
				  access_log off;
				  gzip on;
				  gzip_proxied any;
				  server {
				    listen 127.0.0.1:%d;
				    location / { proxy_pass http://127.0.0.1:%d; proxy_set_header Host $http_host; }
				  }
				}
				""".formatted(port, bff.port()));
		Process process = new ProcessBuilder(nginx.get().toString(), "-p", directory.toString(), "-c", "nginx.conf")
			.redirectErrorStream(true)
			.redirectOutput(directory.resolve("out.log").toFile())
			.start();
		try {
			await().atMost(SOON).until(() -> isListening(port));
			Sinks.Many<String> program = Sinks.many().unicast().onBackpressureBuffer();
			bridge.program((id) -> program.asFlux());
			List<SseEvent> seen = new CopyOnWriteArrayList<>();
			List<String> headers = new CopyOnWriteArrayList<>();
			new TestStream(port, RunsContract.ADA).accept("gzip, br, zstd", headers)
				.post("/agents/deals/scout/runs", RunsContract.body(this.run, "t-" + this.run, ""))
				.subscribe(seen::add);
			for (int i = 1; i <= 5; i++) {
				int told = i;
				await().atMost(SOON).until(() -> seen.size() == told);
				program.tryEmitNext("{\"type\":\"CUSTOM\",\"name\":\"n\",\"value\":" + i + "}");
			}
			program.tryEmitNext("{\"type\":\"RUN_FINISHED\"}");
			await().atMost(SOON).until(() -> TestStream.types(seen).contains("RUN_FINISHED"));
			assertThat(headers).noneMatch((name) -> name.equalsIgnoreCase("content-encoding"));
		}
		finally {
			process.destroy();
		}
	}

	private Run found() {
		return bff.context().getBean(Runs.class).find(new RunName("https://id.example|ada", this.run)).orElseThrow();
	}

	private Socket post(String headers) throws IOException {
		Socket socket = new Socket();
		socket.setReceiveBufferSize(4096);
		socket.connect(new InetSocketAddress("localhost", bff.port()));
		socket.setSoTimeout(20_000);
		byte[] body = RunsContract.body(this.run, "t-" + this.run, "").getBytes(StandardCharsets.UTF_8);
		socket.getOutputStream()
			.write(("POST /agents/deals/scout/runs HTTP/1.1\r\nHost: localhost:%d\r\nAuthorization: Bearer %s\r\n"
					+ "Content-Type: application/json\r\nAccept-Encoding: gzip, br, zstd\r\n%sContent-Length: %d\r\n\r\n")
				.formatted(bff.port(), RunsContract.ADA, headers, body.length)
				.getBytes(StandardCharsets.UTF_8));
		socket.getOutputStream().write(body);
		return socket;
	}

	private static String readUntil(Socket socket, String end) throws IOException {
		ByteArrayOutputStream read = new ByteArrayOutputStream();
		while (!read.toString(StandardCharsets.UTF_8).contains(end)) {
			assertThat(read.size()).as(read.toString(StandardCharsets.UTF_8)).isLessThan(4000);
			int next = socket.getInputStream().read();
			assertThat(next).as(read.toString(StandardCharsets.UTF_8)).isNotNegative();
			read.write(next);
		}
		return read.toString(StandardCharsets.UTF_8);
	}

	// The connection is cut in the middle, which the operating system may tell by a
	// reset.
	private static byte[] rest(InputStream input) {
		ByteArrayOutputStream read = new ByteArrayOutputStream();
		try {
			input.transferTo(read);
		}
		catch (IOException ex) {
			assertThat(ex).hasMessageContaining("reset");
		}
		return read.toByteArray();
	}

	/** The body of an answer in chunks, as far as it came. */
	private static byte[] unchunked(byte[] answer) {
		String text = new String(answer, StandardCharsets.ISO_8859_1);
		int at = text.indexOf("\r\n\r\n") + 4;
		ByteArrayOutputStream body = new ByteArrayOutputStream();
		while (true) {
			int line = text.indexOf("\r\n", at);
			if (line < 0) {
				return body.toByteArray();
			}
			int size = Integer.parseInt(text.substring(at, line), 16);
			int end = Math.min(line + 2 + size, answer.length);
			body.writeBytes(Arrays.copyOfRange(answer, line + 2, end));
			if (size == 0 || end + 2 > answer.length) {
				return body.toByteArray();
			}
			at = end + 2;
		}
	}

	private static boolean isListening(int port) {
		try (Socket socket = new Socket("localhost", port)) {
			return socket.isConnected();
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static int freePort() throws IOException {
		try (ServerSocket free = new ServerSocket(0)) {
			return free.getLocalPort();
		}
	}

}
