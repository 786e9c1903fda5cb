package dev.pergola.bff.filter;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;

import dev.pergola.bff.TestBff;
import dev.pergola.bff.streams.ServiceStreams;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Streams of modules' services that are over before their content is. */
class ServiceStreamsEndIntegrationTests {

	private StreamingUpstream upstream;

	@BeforeEach
	void start() throws IOException {
		this.upstream = new StreamingUpstream();
	}

	@AfterEach
	void stop() {
		this.upstream.close();
	}

	@ParameterizedTest
	@CsvSource({ "DIRECT, /events, text/event-stream", "DIRECT, /lines,", "LONG, /events, text/event-stream",
			"LONG, /lines," })
	@Tag("bff-17")
	void aStreamEndsAtItsAge(Way way, String path, String accept) throws IOException {
		try (TestBff bff = this.upstream.bff("pergola.bff.streams.max-age=300ms");
				Socket socket = way.call(bff, bff.session("eve"), path, accept)) {
			assertThat(Way.first(socket)).startsWith("HTTP/1.1 200");
			Way.assertCut(socket);
		}
	}

	@ParameterizedTest
	@CsvSource({ "DIRECT, /events, text/event-stream", "DIRECT, /lines,", "LONG, /events, text/event-stream",
			"LONG, /lines," })
	@Tag("S12")
	void aStreamHoldsNoStopUp(Way way, String path, String accept) throws IOException {
		TestBff bff = this.upstream.bff("spring.lifecycle.timeout-per-shutdown-phase=30s");
		ServiceStreams streams = bff.context().getBean(ServiceStreams.class);
		try (Socket socket = way.call(bff, bff.session("eve"), path, accept)) {
			assertThat(Way.first(socket)).startsWith("HTTP/1.1 200");
			assertThat(streams.open()).isOne();
			CompletableFuture<Void> stopped = CompletableFuture.runAsync(bff::close);
			Way.assertCut(socket);
			stopped.join();
			assertThat(streams.open()).isZero();
		}
	}

}
