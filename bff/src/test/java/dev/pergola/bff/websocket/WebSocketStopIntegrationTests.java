package dev.pergola.bff.websocket;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import dev.pergola.bff.TestBff;
import dev.pergola.bff.TestCatalog;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

import static org.assertj.core.api.Assertions.assertThat;

class WebSocketStopIntegrationTests {

	@Test
	@Tag("S12")
	void aStopClosesItAsWhatComesBackAndNotAsASessionThatIsOver() throws Exception {
		DisposableServer upstream = HttpServer.create()
			.host("localhost")
			.port(0)
			.route((routes) -> routes.ws("/silent", (in, out) -> in.receiveFrames().then()))
			.bindNow();
		TestBff bff = TestBff.start();
		bff.publish(TestCatalog.module("deals", "http://localhost:" + upstream.port()));
		Closed closed = new Closed();
		HttpClient.newHttpClient()
			.newWebSocketBuilder()
			.header("Authorization", "Bearer " + TestBff.token("robot"))
			.buildAsync(URI.create("ws://localhost:" + bff.port() + "/api/deals/silent"), closed)
			.get(10, TimeUnit.SECONDS);
		bff.close();
		assertThat(closed.status.get(10, TimeUnit.SECONDS)).isEqualTo(1001);
		upstream.disposeNow();
	}

	private static final class Closed implements WebSocket.Listener {

		private final CompletableFuture<Integer> status = new CompletableFuture<>();

		@Override
		public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
			this.status.complete(code);
			return null;
		}

		@Override
		public void onError(WebSocket socket, Throwable error) {
			this.status.complete(1006);
		}

	}

}
