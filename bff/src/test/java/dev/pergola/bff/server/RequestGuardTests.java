package dev.pergola.bff.server;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker13;
import io.netty.util.ReferenceCountUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

class RequestGuardTests {

	private static final Duration HEAD_TIMEOUT = Duration.ofSeconds(2);

	private static final Duration WRITE_TIMEOUT = Duration.ofSeconds(30);

	private static final Duration LINGER = Duration.ofSeconds(1);

	private static final String MALFORMED = "GET http://other.example/ HTTP/1.1\r\nHost: a\r\n\r\n";

	private static final String UPGRADE = "GET /api/deals/x HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\n"
			+ "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";

	private final EmbeddedChannel connection = new EmbeddedChannel();

	@AfterEach
	void close() {
		this.connection.finishAndReleaseAll();
	}

	@Test
	@Tag("security-39")
	void aClientHasTimeToReadWhyItIsRefused() {
		open();
		receive(MALFORMED);
		assertThat(sent()).startsWith("HTTP/1.1 400 ");
		assertThat(this.connection.isOpen()).isTrue();
		pass(LINGER);
		assertThat(this.connection.isOpen()).isFalse();
	}

	@Test
	@Tag("security-41")
	void aClientThatTakesNothingOfARefusalIsCutOff() {
		Dam dam = new Dam();
		open(dam);
		receive(MALFORMED);
		pass(LINGER);
		assertThat(dam.held).isNotEmpty();
		assertThat(this.connection.isOpen()).isTrue();
		pass(WRITE_TIMEOUT);
		assertThat(this.connection.isOpen()).isFalse();
	}

	@Test
	@Tag("security-39")
	void aRequestThatIsAnsweredBeforeItIsWholeGetsNoSecondAnswer() {
		open();
		receive("POST /api/deals/x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
		this.connection.writeOutbound(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK,
				Unpooled.EMPTY_BUFFER, new DefaultHttpHeaders().set("Content-Length", 0), EmptyHttpHeaders.INSTANCE));
		receive("8\r\ntoo much\r\n");
		assertThat(sent()).isEqualTo("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
		pass(LINGER);
		assertThat(this.connection.isOpen()).isFalse();
	}

	@Test
	void theFirstFrameOfAWebSocketMayTakeItsTime() {
		open();
		receive(UPGRADE);
		FullHttpRequest request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/api/deals/x");
		request.headers().add(this.connection.<HttpRequest>readInbound().headers());
		this.connection.releaseInbound();
		new WebSocketServerHandshaker13("ws://a/", null, false, 1000).handshake(this.connection, request);
		assertThat(sent()).startsWith("HTTP/1.1 101 ");
		receive("\u0081\u0085\0\0\0\0hel");
		pass(HEAD_TIMEOUT);
		assertThat(sent()).isEmpty();
		receive("lo");
		TextWebSocketFrame frame = this.connection.readInbound();
		assertThat(frame.text()).isEqualTo("hello");
		frame.release();
	}

	private void open(ChannelHandler... before) {
		RequestGuard guard = new RequestGuard(new RequestRules(100, DataSize.ofBytes(10), DataSize.ofBytes(10)),
				HEAD_TIMEOUT, WRITE_TIMEOUT, 100, Map.of(), (refusal) -> {
				});
		this.connection.freezeTime();
		this.connection.pipeline().addLast(before).addLast(new BytesSeen(guard), new HttpServerCodec(), guard);
	}

	private void receive(String bytes) {
		this.connection.writeInbound(Unpooled.copiedBuffer(bytes, StandardCharsets.ISO_8859_1));
	}

	private void pass(Duration time) {
		this.connection.advanceTimeBy(time.toMillis(), TimeUnit.MILLISECONDS);
		this.connection.runScheduledPendingTasks();
	}

	/** What was written since the last look. */
	private String sent() {
		StringBuilder all = new StringBuilder();
		for (ByteBuf next = this.connection.readOutbound(); next != null; next = this.connection.readOutbound()) {
			all.append(next.toString(StandardCharsets.ISO_8859_1));
			next.release();
		}
		return all.toString();
	}

	/** A client whose window is closed: nothing that is written ever gets there. */
	private static final class Dam extends ChannelOutboundHandlerAdapter {

		private final List<Object> held = new ArrayList<>();

		@Override
		public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
			this.held.add(message);
		}

		@Override
		public void handlerRemoved(ChannelHandlerContext context) {
			this.held.forEach(ReferenceCountUtil::release);
		}

	}

}
