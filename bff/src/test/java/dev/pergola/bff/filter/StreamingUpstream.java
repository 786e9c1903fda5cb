package dev.pergola.bff.filter;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

import dev.pergola.bff.RawUpstream;
import dev.pergola.bff.TestBff;
import dev.pergola.bff.TestCatalog;
import dev.pergola.manifests.View;
import dev.pergola.manifests.ViewPart;

/** The service of a module, with streams that begin and never end. */
final class StreamingUpstream implements AutoCloseable {

	private static final String JSON = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}";

	private final RawUpstream upstream = new RawUpstream(StreamingUpstream::answer);

	StreamingUpstream() throws IOException {
	}

	/** A bff with the module {@code deals}, which has a view {@code /all}. */
	TestBff bff(String... properties) {
		TestBff started = TestBff.start(properties);
		View view = new View("/all", null, Map.of("all", new ViewPart(null, "/x", false, null)));
		started.publish(TestCatalog.module("deals", "http://localhost:" + this.upstream.port(), Duration.ofSeconds(5),
				List.of(view), List.of()));
		return started;
	}

	/** Number of requests that came. */
	int calls() {
		return this.upstream.heads().size();
	}

	@Override
	public void close() {
		this.upstream.close();
	}

	private static boolean answer(String head, OutputStream out) throws IOException {
		boolean events = head.contains("/events");
		if (!events && !head.contains("/lines")) {
			out.write(JSON.getBytes(StandardCharsets.US_ASCII));
			return !head.startsWith("POST");
		}
		out.write("HTTP/1.1 200 OK\r\nContent-Type: %s\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n%s\r\n"
			.formatted(events ? "text/event-stream" : "application/x-ndjson", events ? "data: 1\n\n" : "{\"a\": 1}\n")
			.getBytes(StandardCharsets.US_ASCII));
		out.flush();
		try {
			new CountDownLatch(1).await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		return false;
	}

}
