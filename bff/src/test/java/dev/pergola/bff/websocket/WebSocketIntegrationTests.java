package dev.pergola.bff.websocket;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.pergola.bff.TestBff;
import dev.pergola.bff.TestCatalog;
import dev.pergola.session.store.SessionStore;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.WebsocketServerSpec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** WebSockets reach services, and nobody opens one in a person's name from elsewhere. */
class WebSocketIntegrationTests {

	private static final String ORIGIN = "http://localhost:8080";

	private static final Map<String, String> seen = new ConcurrentHashMap<>();

	private static final HttpClient CLIENT = HttpClient.newHttpClient();

	private static DisposableServer upstream;

	private static TestBff bff;

	private static String cookie;

	@BeforeAll
	static void start() {
		WebsocketServerSpec chat = WebsocketServerSpec.builder().protocols("chat").build();
		upstream = HttpServer.create().host("localhost").port(0).route((routes) -> routes.ws("/echo", (in, out) -> {
			in.headers().forEach((header) -> seen.put(header.getKey().toLowerCase(), header.getValue()));
			return out.sendObject(in.receiveFrames().map(WebSocketFrame::retain));
		}, chat)
			.ws("/closes", (in, out) -> out.sendClose(4001, "enough"))
			.ws("/told",
					(in, out) -> in.receiveCloseStatus()
						.doOnNext((status) -> seen.put("closed", "" + status.code()))
						.then()))
			.bindNow();
		bff = TestBff.start("pergola.session.public-origin=" + ORIGIN, "pergola.bff.streams.session-check=200ms",
				"pergola.bff.websocket.max-per-person=2", "pergola.bff.websocket.max-frame=2KB",
				"pergola.bff.websocket.idle=1s");
		bff.publish(TestCatalog.module("deals", "http://localhost:" + upstream.port()),
				TestCatalog.module("closed", "http://localhost:1"));
		cookie = bff.session("ada");
	}

	@AfterAll
	static void stop() {
		// First: the bff takes the event loops with it.
		upstream.disposeNow();
		bff.close();
	}

	@Test
	void messagesPassBothWaysWithTheAccessToken() throws Exception {
		Heard heard = new Heard();
		WebSocket socket = open("/api/deals/echo?a=b", cookie, ORIGIN, heard, "chat");
		assertThat(socket.getSubprotocol()).isEqualTo("chat");
		socket.sendText("hällo", true).join();
		assertThat(heard.next()).isEqualTo("hällo");
		socket.sendBinary(ByteBuffer.wrap(new byte[] { 1, 2, 3 }), true).join();
		assertThat(heard.next()).isEqualTo("3 bytes");
		assertThat(seen.get("authorization")).startsWith("Bearer ey");
		assertThat(seen).doesNotContainKey("cookie");
		socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
		assertThat(heard.closed.get(5, TimeUnit.SECONDS)).isEqualTo(1000);
	}

	@Test
	@Tag("security-22")
	void aForeignOrMissingOriginIsRefusedBeforeTheServiceIsCalled() {
		seen.clear();
		for (String origin : new String[] { "https://evil.example", "http://sub.localhost:8080", "null", null }) {
			assertThat(refused("/api/deals/echo", cookie, origin)).as(String.valueOf(origin)).isEqualTo(403);
		}
		assertThat(refused("/api/deals/echo", null, ORIGIN)).isEqualTo(401);
		assertThat(refused("/api/nobody/echo", cookie, ORIGIN)).isEqualTo(404);
		assertThat(seen).isEmpty();
	}

	@Test
	void programsComeWithATokenAndWithoutAnOrigin() throws Exception {
		Heard heard = new Heard();
		WebSocket socket = CLIENT.newWebSocketBuilder()
			.header("Authorization", "Bearer " + TestBff.token("robot"))
			.subprotocols("chat")
			.buildAsync(address("/api/deals/echo"), heard)
			.get(10, TimeUnit.SECONDS);
		socket.sendText("beep", true).join();
		assertThat(heard.next()).isEqualTo("beep");
		socket.abort();
	}

	@Test
	void theStatusOfWhoClosesReachesTheOther() throws Exception {
		Heard heard = new Heard();
		open("/api/deals/closes", cookie, ORIGIN, heard);
		assertThat(heard.closed.get(5, TimeUnit.SECONDS)).isEqualTo(4001);
		WebSocket socket = open("/api/deals/told", cookie, ORIGIN, new Heard());
		socket.sendClose(4002, "bye").join();
		Flux.interval(Duration.ofMillis(10), Schedulers.boundedElastic())
			.takeUntil((tick) -> "4002".equals(seen.get("closed")))
			.blockLast(Duration.ofSeconds(5));
	}

	@Test
	void aServiceThatIsAwayClosesIt() throws Exception {
		Heard heard = new Heard();
		open("/api/closed/echo", cookie, ORIGIN, heard);
		assertThat(heard.closed.get(5, TimeUnit.SECONDS)).isEqualTo(1011);
	}

	@Test
	@Tag("security-14")
	void itEndsWithTheSession() throws Exception {
		String own = bff.session("eve");
		Heard heard = new Heard();
		WebSocket socket = open("/api/deals/echo", own, ORIGIN, heard, "chat");
		socket.sendText("still here", true).join();
		assertThat(heard.next()).isEqualTo("still here");
		bff.context().getBean(SessionStore.class).removeSession(own.substring(own.indexOf('=') + 1)).block();
		assertThat(heard.closed.get(5, TimeUnit.SECONDS)).isEqualTo(1008);
	}

	@Test
	@Tag("security-42")
	void framesAndNumberAreBounded() throws Exception {
		String own = bff.session("bob");
		Heard heard = new Heard();
		WebSocket one = open("/api/deals/echo", own, ORIGIN, heard, "chat");
		WebSocket two = open("/api/deals/echo", own, ORIGIN, new Heard(), "chat");
		assertThat(refused("/api/deals/echo", own, ORIGIN)).isEqualTo(429);
		one.sendText("x".repeat(4000), true);
		assertThat(heard.closed.get(5, TimeUnit.SECONDS)).isNotEqualTo(1000);
		two.abort();
	}

	@Test
	void whatNobodyUsesIsClosed() throws Exception {
		Heard heard = new Heard();
		open("/api/deals/echo", bff.session("idle"), ORIGIN, heard, "chat");
		assertThat(heard.closed.get(10, TimeUnit.SECONDS)).isEqualTo(1001);
	}

	private static int refused(String path, @Nullable String session, @Nullable String origin) {
		int[] status = new int[1];
		assertThatExceptionOfType(ExecutionException.class)
			.isThrownBy(() -> open(path, session, origin, new Heard(), "chat"))
			.satisfies((ex) -> status[0] = ((WebSocketHandshakeException) ex.getCause()).getResponse().statusCode());
		return status[0];
	}

	private static WebSocket open(String path, @Nullable String session, @Nullable String origin, Heard heard,
			String... protocols) throws Exception {
		WebSocket.Builder builder = CLIENT.newWebSocketBuilder();
		if (session != null) {
			builder.header("Cookie", session);
		}
		if (origin != null) {
			builder.header("Origin", origin);
		}
		if (protocols.length > 0) {
			builder.subprotocols(protocols[0], List.of(protocols).subList(1, protocols.length).toArray(String[]::new));
		}
		return builder.buildAsync(address(path), heard).get(10, TimeUnit.SECONDS);
	}

	private static URI address(String path) {
		return URI.create("ws://localhost:" + bff.port() + path);
	}

	/** What came back. */
	private static final class Heard implements WebSocket.Listener {

		private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();

		private final CompletableFuture<Integer> closed = new CompletableFuture<>();

		@Nullable String next() throws InterruptedException {
			return this.messages.poll(10, TimeUnit.SECONDS);
		}

		@Override
		public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
			this.messages.add(data.toString());
			socket.request(1);
			return null;
		}

		@Override
		public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
			this.messages.add(data.remaining() + " bytes");
			socket.request(1);
			return null;
		}

		@Override
		public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
			this.closed.complete(status);
			return null;
		}

		@Override
		public void onError(WebSocket socket, Throwable error) {
			this.closed.complete(1006);
		}

	}

}
