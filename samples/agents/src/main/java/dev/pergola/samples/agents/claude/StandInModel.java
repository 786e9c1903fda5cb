package dev.pergola.samples.agents.claude;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers `POST /v1/messages` as Anthropic's Messages API does when it streams, by rules
 * and from nothing but the request. Listens on loopback only.
 */
public final class StandInModel implements AutoCloseable {

	private static final String PATH = "/v1/messages";

	private final HttpServer server;

	private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

	private final String key;

	private final Duration pace;

	private StandInModel(HttpServer server, String key, Duration pace) {
		this.server = server;
		this.key = key;
		this.pace = pace;
	}

	/**
	 * Starts it on a free port.
	 * @param key who shows another one is refused
	 * @param pace time between two words
	 */
	public static StandInModel start(String key, Duration pace) throws IOException {
		HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		StandInModel model = new StandInModel(server, key, pace);
		server.setExecutor(model.threads);
		server.createContext("/", model::answer);
		server.start();
		return model;
	}

	/** Where it is, without a path. */
	public URI uri() {
		return URI.create("http://127.0.0.1:" + this.server.getAddress().getPort());
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.threads.shutdownNow();
	}

	private void answer(HttpExchange exchange) throws IOException {
		try (exchange) {
			byte[] body = exchange.getRequestBody().readAllBytes();
			if (!this.key.equals(exchange.getRequestHeaders().getFirst("x-api-key"))) {
				refuse(exchange, 401, "authentication_error", "invalid x-api-key");
			}
			else if (!exchange.getRequestURI().getPath().equals(PATH) || !exchange.getRequestMethod().equals("POST")) {
				refuse(exchange, 404, "not_found_error", "only POST " + PATH + " is answered here");
			}
			else {
				answer(exchange, body);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void answer(HttpExchange exchange, byte[] body) throws IOException, InterruptedException {
		Request request;
		try {
			request = Request.of(JsonMapper.shared().readTree(body));
		}
		catch (JacksonException ex) {
			refuse(exchange, 400, "invalid_request_error", "the body is no JSON");
			return;
		}
		Desk.Reply reply = new Desk(LocalDateTime.now(ZoneId.systemDefault())).reply(request);
		exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
		exchange.sendResponseHeaders(200, 0);
		try (OutputStream out = exchange.getResponseBody()) {
			new MessageStream(out, this.pace).write(reply);
		}
	}

	private static void refuse(HttpExchange exchange, int status, String type, String message) throws IOException {
		byte[] problem = "{\"type\":\"error\",\"error\":{\"type\":\"%s\",\"message\":\"%s\"}}".formatted(type, message)
			.getBytes(StandardCharsets.UTF_8);
		exchange.getResponseHeaders().set("Content-Type", "application/json");
		exchange.sendResponseHeaders(status, problem.length);
		exchange.getResponseBody().write(problem);
	}

}
