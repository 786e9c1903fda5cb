package dev.pergola.bridge.gateway;

import java.net.URI;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.ConnectionProvider;

/**
 * Stands between programs and the model API, on the loopback interface: a program shows a
 * pass of its own, and only the gateway adds the key. Passes nothing on but messages.
 */
public final class ModelGateway implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(ModelGateway.class);

	private static final Set<String> PATHS = Set.of("/v1/messages", "/v1/messages/count_tokens");

	private static final List<String> REQUEST_HEADERS = List.of("content-type", "accept", "accept-encoding",
			"user-agent", "anthropic-version", "anthropic-beta");

	private static final List<String> RESPONSE_HEADERS = List.of("content-type", "content-encoding", "retry-after",
			"x-should-retry", "request-id");

	private static final int TOKEN_BYTES = 32;

	private final SecureRandom random = new SecureRandom();

	private final Set<String> passes = ConcurrentHashMap.newKeySet();

	private final String key;

	private final ConnectionProvider connections;

	private final HttpClient client;

	private final DisposableServer server;

	public ModelGateway(ModelGatewayProperties properties) {
		this.key = properties.key();
		this.connections = ConnectionProvider.create("model-gateway", properties.maxConnections());
		this.client = HttpClient.create(this.connections).baseUrl(base(properties.upstream()));
		this.server = HttpServer.create().host("127.0.0.1").port(0).handle(this::answer).bindNow();
	}

	/**
	 * Lets one program in until its pass is closed.
	 */
	public Pass issue() {
		byte[] bytes = new byte[TOKEN_BYTES];
		this.random.nextBytes(bytes);
		String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
		this.passes.add(token);
		return new Pass(
				Map.of("ANTHROPIC_BASE_URL", "http://127.0.0.1:" + this.server.port(), "ANTHROPIC_API_KEY", token),
				() -> this.passes.remove(token));
	}

	@Override
	public void close() {
		this.passes.clear();
		this.server.disposeNow();
		this.connections.dispose();
	}

	private Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response) {
		// Never an address: it would have the key sent to wherever it says.
		String target = request.uri();
		String path = target.startsWith("/") ? target.replaceFirst("\\?.*", "") : "";
		if (!this.passes.contains(token(request.requestHeaders()))) {
			return response.status(HttpResponseStatus.UNAUTHORIZED).send();
		}
		if (!request.method().equals(HttpMethod.POST) || !PATHS.contains(path)) {
			return response.status(HttpResponseStatus.NOT_FOUND).send();
		}
		return this.client.headers((headers) -> {
			copy(request.requestHeaders(), headers, REQUEST_HEADERS);
			headers.set("x-api-key", this.key);
		})
			.post()
			.uri(target)
			.send(request.receive().retain())
			.response((answer, body) -> pass(answer, response).send(body.retain(), (piece) -> true))
			.then()
			.onErrorResume((failure) -> refuse(failure, response));
	}

	private static HttpServerResponse pass(HttpClientResponse answer, HttpServerResponse response) {
		response.status(answer.status());
		copy(answer.responseHeaders(), response.responseHeaders(), RESPONSE_HEADERS);
		return response;
	}

	/** An answer that has begun is cut, so that nobody takes it for complete. */
	private static Mono<Void> refuse(Throwable failure, HttpServerResponse response) {
		logger.warn("the model API could not be reached: {}", failure.getClass().getSimpleName());
		return response.hasSentHeaders() ? Mono.error(failure)
				: response.status(HttpResponseStatus.BAD_GATEWAY).send().then();
	}

	private static void copy(HttpHeaders from, HttpHeaders to, List<String> names) {
		for (String name : names) {
			if (from.contains(name)) {
				to.set(name, from.getAll(name));
			}
		}
	}

	private static String token(HttpHeaders headers) {
		String shown = headers.get("x-api-key", "");
		String bearer = headers.get("authorization", "");
		return shown.isEmpty() && bearer.startsWith("Bearer ") ? bearer.substring("Bearer ".length()) : shown;
	}

	private static String base(URI upstream) {
		String base = upstream.toString();
		return base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
	}

	/**
	 * What lets a program in.
	 *
	 * @param environment variables Claude Code and Anthropic's libraries read
	 * @param revocation ends it
	 */
	public record Pass(Map<String, String> environment, Runnable revocation) implements AutoCloseable {

		@Override
		public void close() {
			this.revocation.run();
		}

	}

}
