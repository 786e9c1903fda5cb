package dev.pergola.bff.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

import dev.pergola.bff.RawUpstream;
import dev.pergola.bff.TestBff;
import dev.pergola.bff.TestCatalog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class Http2StreamsIntegrationTests {

	private RawUpstream upstream;

	private TestBff bff;

	@BeforeEach
	void start() throws IOException {
		this.upstream = new RawUpstream((head, out) -> {
			if (!head.startsWith("GET /events")) {
				out.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(StandardCharsets.US_ASCII));
				return true;
			}
			out.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: 1\n\n"
				.getBytes(StandardCharsets.US_ASCII));
			out.flush();
			hold();
			return false;
		});
		this.bff = TestBff.start("server.http2.enabled=true", "pergola.bff.streams.max-age=200ms");
		this.bff.publish(TestCatalog.module("deals", "http://localhost:" + this.upstream.port()));
	}

	@AfterEach
	void stop() {
		this.bff.close();
		this.upstream.close();
	}

	private static void hold() {
		try {
			new CountDownLatch(1).await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Test
	@Tag("bff-17")
	void aStreamThatHasToEndIsResetAndItsConnectionGoesOn() throws IOException {
		try (H2Socket client = new H2Socket(this.bff.port())) {
			int stream = open(client, "/api/deals/events");
			H2Socket.Frame end = client
				.await((frame) -> frame.type() == H2Socket.GOAWAY || (frame.stream() == stream && isEnd(frame)));
			assertThat(end.type()).isEqualTo(H2Socket.RST_STREAM);
			int next = open(client, "/api/deals/x");
			H2Socket.Frame head = client.await((frame) -> frame.type() == H2Socket.GOAWAY || frame.stream() == next);
			assertThat(head.type()).isEqualTo(H2Socket.HEADERS);
		}
	}

	private static int open(H2Socket client, String path) throws IOException {
		return client.open(true, ":method", "GET", ":scheme", "http", ":authority", "localhost", ":path", path,
				"accept", "text/event-stream", "authorization", "Bearer " + TestBff.token("ada"));
	}

	private static boolean isEnd(H2Socket.Frame frame) {
		return frame.type() == H2Socket.RST_STREAM
				|| ((frame.type() == H2Socket.DATA || frame.type() == H2Socket.HEADERS)
						&& (frame.flags() & H2Socket.END_STREAM) != 0);
	}

}
