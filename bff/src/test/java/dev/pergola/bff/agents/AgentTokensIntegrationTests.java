package dev.pergola.bff.agents;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import dev.pergola.bff.TestBff;
import dev.pergola.bff.TestCatalog;
import dev.pergola.manifests.Agent;
import dev.pergola.manifests.AgentFormat;
import dev.pergola.manifests.AgentHttp;
import dev.pergola.manifests.LocalizedText;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

import static org.assertj.core.api.Assertions.assertThat;

/** An agent that takes each access token once, as one whose tokens are short-lived. */
class AgentTokensIntegrationTests {

	private final AtomicInteger issued = new AtomicInteger();

	private final Set<String> used = ConcurrentHashMap.newKeySet();

	private final List<String> taken = new CopyOnWriteArrayList<>();

	private DisposableServer upstream;

	private DisposableServer provider;

	private TestBff bff;

	@BeforeEach
	void start() {
		this.upstream = HttpServer.create().host("localhost").port(0).handle(this::agent).bindNow();
		this.provider = HttpServer.create().host("localhost").port(0).handle(this::provider).bindNow();
		this.bff = TestBff.start("pergola.bff.agents.reconnect-wait=10ms",
				"spring.security.oauth2.client.provider.pergola.issuer-uri=" + issuer());
		this.bff.publish(TestCatalog.module("house", "http://localhost:" + this.upstream.port(), null, List.of(),
				List.of(new Agent("again", LocalizedText.NONE, null,
						new AgentHttp("/again", AgentFormat.AG_UI, null, null, true, null), List.of()))));
	}

	@AfterEach
	void stop() {
		this.upstream.disposeNow();
		this.provider.disposeNow();
		this.bff.close();
	}

	@Test
	void isResumedAndCancelledWithATokenThatIsGoodThen() {
		String cookie = this.bff.session("ada", Instant.now().plusSeconds(1), "refresh");
		String events = run(cookie);
		assertThat(events).contains("\"value\":1").contains("\"outcome\":{\"type\":\"cancelled\"}");
		assertThat(this.taken).extracting((line) -> line.replaceFirst(" .*", ""))
			.containsExactly("POST:/again", "GET:/again", "POST:/cancel");
		assertThat(this.taken).extracting((line) -> line.replaceFirst(".* ", ""))
			.doesNotHaveDuplicates()
			.allMatch((token) -> token.startsWith("token-"));
	}

	/** Starts a run and cancels it as soon as it has gone on after the cut. */
	private String run(String cookie) {
		return client(cookie).post()
			.uri(url("/agents/house/again/runs"))
			.send((request, out) -> out.sendString(Mono.just("{\"threadId\":\"t\",\"runId\":\"r\"}")))
			.responseContent()
			.asString()
			.concatMap((piece) -> piece.contains("\"value\":1") ? cancel(cookie).thenReturn(piece) : Mono.just(piece))
			.collectList()
			.map((pieces) -> String.join("", pieces))
			.block(Duration.ofSeconds(20));
	}

	private Mono<Void> cancel(String cookie) {
		return client(cookie).post().uri(url("/agents/runs/r/cancel")).response().then();
	}

	private static HttpClient client(String cookie) {
		return HttpClient.newConnection()
			.headers((headers) -> headers.set("Cookie", cookie)
				.set("X-Pergola", "1")
				.set("Content-Type", "application/json"));
	}

	private String url(String path) {
		return "http://localhost:" + this.bff.port() + path;
	}

	private Publisher<Void> agent(HttpServerRequest request, HttpServerResponse response) {
		String token = request.requestHeaders().get("Authorization", "").replace("Bearer ", "");
		if (!this.used.add(token)) {
			return response.status(401).send();
		}
		boolean isCancel = request.uri().endsWith("/cancel");
		boolean isResumed = request.requestHeaders().contains("Last-Event-ID");
		this.taken.add(request.method() + (isCancel ? ":/cancel " : ":/again ") + token);
		if (isCancel) {
			return response.send();
		}
		String event = "id: %d\ndata: {\"type\":\"CUSTOM\",\"name\":\"n\",\"value\":%1$d}\n\n"
			.formatted(isResumed ? 1 : 0);
		return response.sse()
			.send(Flux.just(Unpooled.copiedBuffer(event, StandardCharsets.UTF_8))
				.concatWith(isResumed ? Flux.never() : Flux.error(new IllegalStateException("cut"))), (all) -> true);
	}

	private Publisher<Void> provider(HttpServerRequest request, HttpServerResponse response) {
		String answer = request.uri().endsWith("/token") ? """
				{"access_token":"token-%d","token_type":"Bearer","expires_in":1,"refresh_token":"refresh"}"""
			.formatted(this.issued.incrementAndGet()) : """
					{"issuer":"%s","token_endpoint":"%1$s/token","authorization_endpoint":"%1$s/authorize",
					"jwks_uri":"%1$s/keys","subject_types_supported":["public"]}""".formatted(issuer());
		return response.header("Content-Type", "application/json").sendString(Mono.just(answer));
	}

	private String issuer() {
		return "http://localhost:" + this.provider.port();
	}

}
