package dev.pergola.bff.resilience;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import dev.pergola.bff.TestBff;
import dev.pergola.bff.streams.ServiceStreams;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

/** Who falls silent or leaves in the middle of an answer, and who is to blame. */
class SilenceIntegrationTests extends UpstreamInTrouble {

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

	/** One that was not asked for has a connection of calls, and their bounds. */
	@ParameterizedTest
	@CsvSource({ "DIRECT, text/event-stream, 0", "DIRECT, */*, 1", "LONG, text/event-stream, 0", "LONG, */*, 1" })
	@Tag("bff-16")
	void leavesAStreamThatIsSilentAlone(Way way, String accept, int places) throws Exception {
		CountDownLatch more = new CountDownLatch(1);
		Module module = module((head, out) -> {
			keep(out, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: 1\n\n");
			out.flush();
			hold(more);
			return end(out, "data: 2\n\n");
		});
		CompletableFuture<String> all = CompletableFuture
			.supplyAsync(() -> raw(way, module.path("/x"), "Accept: " + accept + "\r\n"), executor);
		await(() -> bff.context().getBean(ServiceStreams.class).open() == 1 && module.guard().inFlight() == places);
		// Twice the time another answer would have had.
		Flux.interval(Duration.ofMillis(600)).blockFirst();
		more.countDown();
		assertThat(all.get()).contains("data: 1", "data: 2");
		assertThat(module.guard().failures().all()).isEmpty();
		await(() -> module.guard().inFlight() == 0 && module.guard().health().limit().inFlight() == 0);
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

}
