package dev.pergola.bff.direct;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class DirectHandlerTests {

	private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

	private TestDirectPath path = TestDirectPath.create();

	@AfterEach
	void stop() {
		this.path.close();
	}

	@Test
	void aCallThatBreaksBeforeItBeginsGivesItsPlaceBack() {
		SimpleMeterRegistry broken = new SimpleMeterRegistry();
		broken.config().meterFilter(new MeterFilter() {
			@Override
			public Meter.Id map(Meter.Id id) {
				throw new IllegalStateException("no meters");
			}
		});
		this.path = new TestDirectPath(Duration.ofSeconds(10), (sessionId) -> true, broken);
		TestConnection browser = this.path.browser();
		assertThatIllegalStateException().isThrownBy(() -> ask(browser, "/a")).withMessage("no meters");
		assertThat(this.path.inFlight()).isZero();
	}

	@Test
	void oneCallThatBreaksDoesNotStopTheClockOfOthers() {
		this.path = new TestDirectPath(Duration.ZERO, (sessionId) -> {
			throw new IllegalStateException("no sessions");
		}, new SimpleMeterRegistry());
		TestConnection late = this.path.browser();
		TestConnection broken = this.path.browser();
		ask(late, "/late");
		broken.writeInbound(TestDirectPath.request("/stream", "text/event-stream"), LastHttpContent.EMPTY_LAST_CONTENT);
		this.path.loop().tick();
		assertThat(broken.isOpen()).isFalse();
		HttpRequest handedOver = late.readInbound();
		assertThat(handedOver.uri()).isEqualTo("/api/deals/late");
		assertThat(this.path.inFlight()).isZero();
	}

	@Test
	@Tag("security-41")
	void nothingMoreIsReadWhileRequestsWait() {
		TestConnection browser = this.path.browser();
		ask(browser, "/1", "/2", "/3");
		TestConnection upstream = this.path.upstream();
		for (String call : List.of("/1", "/2")) {
			assertThat(browser.reads()).isEqualTo(1);
			assertThat(upstream.requests()).containsExactly("GET " + call + " HTTP/1.1");
			upstream.receive(OK);
		}
		assertThat(browser.reads()).isEqualTo(2);
		upstream.receive(OK);
		assertThat(browser.reads()).isEqualTo(3);
	}

	@Test
	void theNextCallWaitsUntilTheBrowserHasTakenTheAnswer() {
		TestConnection browser = this.path.browser();
		ask(browser, "/1", "/2");
		TestConnection upstream = this.path.upstream();
		assertThat(upstream.requests()).containsExactly("GET /1 HTTP/1.1");
		browser.take(false);
		upstream.receive(OK);
		ask(browser, "/3");
		assertThat(upstream.requests()).isEmpty();
		assertThat(browser.reads()).isEqualTo(1);
		browser.take(true);
		for (String call : List.of("/2", "/3")) {
			assertThat(upstream.requests()).containsExactly("GET " + call + " HTTP/1.1");
			upstream.receive(OK);
		}
		browser.take(false);
		ask(browser, "/4");
		assertThat(upstream.requests()).isEmpty();
		browser.take(true);
		assertThat(upstream.requests()).containsExactly("GET /4 HTTP/1.1");
	}

	@Test
	void noCallIsMadeAfterOneThatWasCutOff() {
		TestConnection browser = this.path.browser(new ChannelOutboundHandlerAdapter() {
			@Override
			public void close(ChannelHandlerContext context, ChannelPromise promise) {
				// As with TLS, whose end has to be told first.
			}
		});
		ask(browser, "/1", "/2");
		TestConnection upstream = this.path.upstream();
		upstream.receive("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
		upstream.close();
		ask(browser, "/3");
		assertThat(this.path.inFlight()).isZero();
		assertThat(TestConnection.opened).isEmpty();
		assertThat(browser.inboundMessages()).isEmpty();
	}

	private static void ask(TestConnection browser, String... paths) {
		browser.writeInbound(Stream.of(paths)
			.flatMap((path) -> Stream.of(TestDirectPath.request(path, "*/*"), LastHttpContent.EMPTY_LAST_CONTENT))
			.toArray());
	}

}
