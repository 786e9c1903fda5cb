package dev.pergola.cli.command;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * A registry that answers what a test says and records what it is asked, over real HTTP.
 */
final class RegistryDouble implements AutoCloseable {

	private final HttpServer server;

	private final List<Call> calls = new CopyOnWriteArrayList<>();

	private final Map<String, Deque<Reply>> replies = new HashMap<>();

	RegistryDouble() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext("/", this::answer);
		this.server.start();
	}

	/** Answers in turn; the last one stays. */
	void answer(String request, int status, String body) {
		answer(request, status, body, Map.of("Content-Type", "application/json"));
	}

	void answer(String request, int status, String body, Map<String, String> headers) {
		this.replies.computeIfAbsent(request, (key) -> new ArrayDeque<>()).add(new Reply(status, body, headers));
	}

	List<Call> calls() {
		return this.calls;
	}

	List<String> requests() {
		return this.calls.stream().map(Call::request).toList();
	}

	Call call(String request) {
		return this.calls.stream().filter((call) -> call.request().equals(request)).reduce((a, b) -> b).orElseThrow();
	}

	String url() {
		return "http://localhost:" + this.server.getAddress().getPort();
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

	private void answer(HttpExchange exchange) throws IOException {
		try (exchange) {
			String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
			Map<String, String> headers = new HashMap<>();
			exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
			this.calls.add(new Call(request, headers, exchange.getRequestBody().readAllBytes()));
			Deque<Reply> queue = this.replies.getOrDefault(request, new ArrayDeque<>());
			Reply reply = (queue.size() > 1) ? queue.poll()
					: (queue.peek() != null) ? queue.peek() : new Reply(404, "{\"detail\":\"not there\"}", Map.of());
			reply.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
			byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
			exchange.sendResponseHeaders(reply.status(), (body.length > 0) ? body.length : -1);
			exchange.getResponseBody().write(body);
		}
	}

	record Reply(int status, String body, Map<String, String> headers) {

	}

	record Call(String request, Map<String, String> headers, byte[] body) {

		String text() {
			return new String(this.body, StandardCharsets.UTF_8);
		}

	}

}
