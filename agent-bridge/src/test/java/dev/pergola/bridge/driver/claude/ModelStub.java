package dev.pergola.bridge.driver.claude;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * The model API as far as a program asks it: answers every `POST /v1/messages` with what
 * a script says. Needs nothing but the JDK, so it also runs from its source.
 */
public final class ModelStub implements AutoCloseable {

	private final HttpServer server;

	private final Function<String, Reply> script;

	private final AtomicInteger messages = new AtomicInteger();

	/** Bodies of the requests, and the keys they came with. */
	public final List<String> requests = new CopyOnWriteArrayList<>();

	public final List<String> keys = new CopyOnWriteArrayList<>();

	/**
	 * @param script what the model says to the body of a request
	 */
	public ModelStub(int port, Function<String, Reply> script) throws IOException {
		this.script = script;
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
		this.server.createContext("/", this::answer);
		this.server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
		this.server.start();
	}

	public URI uri() {
		return URI.create("http://127.0.0.1:" + this.server.getAddress().getPort());
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

	private void answer(HttpExchange exchange) throws IOException {
		try (exchange) {
			String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
			if (!exchange.getRequestURI().getPath().equals("/v1/messages")) {
				exchange.sendResponseHeaders(404, -1);
				return;
			}
			this.requests.add(body);
			this.keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("x-api-key")));
			switch (this.script.apply(body)) {
				case Refusal refusal -> refuse(exchange, refusal);
				case Message message -> speak(exchange, message);
			}
		}
	}

	private static void refuse(HttpExchange exchange, Refusal refusal) throws IOException {
		byte[] problem = "{\"type\":\"error\",\"error\":{\"type\":\"%s\",\"message\":\"no\"}}".formatted(refusal.type())
			.getBytes(StandardCharsets.UTF_8);
		exchange.getResponseHeaders().set("Content-Type", "application/json");
		exchange.sendResponseHeaders(refusal.status(), problem.length);
		exchange.getResponseBody().write(problem);
	}

	private void speak(HttpExchange exchange, Message message) throws IOException {
		exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
		exchange.sendResponseHeaders(200, 0);
		OutputStream out = exchange.getResponseBody();
		event(out, "message_start", """
				"message":{"id":"msg_%d","type":"message","role":"assistant","model":"claude-sonnet-4-5","content":[],\
				"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":10,"cache_creation_input_tokens":2,\
				"cache_read_input_tokens":3,"output_tokens":1}}""".formatted(this.messages.incrementAndGet()));
		int index = 0;
		boolean asksForTool = false;
		for (Block block : message.blocks()) {
			event(out, "content_block_start", "\"index\":%d,\"content_block\":%s".formatted(index, block.opening()));
			for (String delta : block.deltas()) {
				event(out, "content_block_delta", "\"index\":%d,\"delta\":%s".formatted(index, delta));
				message.afterEachPiece().run();
			}
			event(out, "content_block_stop", "\"index\":%d".formatted(index++));
			asksForTool |= block.opening().contains("\"tool_use\"");
		}
		event(out, "message_delta", """
				"delta":{"stop_reason":"%s","stop_sequence":null},"usage":{"output_tokens":7}"""
			.formatted(asksForTool ? "tool_use" : "end_turn"));
		event(out, "message_stop", "");
	}

	private static void event(OutputStream out, String type, String fields) throws IOException {
		String data = "{\"type\":\"%s\"%s%s}".formatted(type, fields.isEmpty() ? "" : ",", fields);
		out.write("event: %s\ndata: %s\n\n".formatted(type, data).getBytes(StandardCharsets.UTF_8));
		out.flush();
	}

	/** What the model API answers. */
	public sealed interface Reply {

	}

	/**
	 * An error before the answer.
	 */
	public record Refusal(int status, String type) implements Reply {
	}

	/**
	 * @param afterEachPiece what happens before the next piece
	 */
	public record Message(Runnable afterEachPiece, List<Block> blocks) implements Reply {

		public static Message of(Block... blocks) {
			return new Message(() -> {
			}, List.of(blocks));
		}

	}

	/**
	 * A content block, as JSON.
	 *
	 * @param opening the block as it begins
	 * @param deltas what is added to it
	 */
	public record Block(String opening, List<String> deltas) {

		/** Pieces must need no escape in JSON. */
		public static Block text(String... pieces) {
			return new Block("{\"type\":\"text\",\"text\":\"\"}",
					List.of(pieces)
						.stream()
						.map((piece) -> "{\"type\":\"text_delta\",\"text\":\"%s\"}".formatted(piece))
						.toList());
		}

		public static Block thinking(String... pieces) {
			List<String> deltas = new ArrayList<>(List.of(pieces)
				.stream()
				.map((piece) -> "{\"type\":\"thinking_delta\",\"thinking\":\"%s\"}".formatted(piece))
				.toList());
			deltas.add("{\"type\":\"signature_delta\",\"signature\":\"c2lnbmVk\"}");
			return new Block("{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}", deltas);
		}

		/**
		 * @param input a JSON object; told in two pieces
		 */
		public static Block tool(String id, String name, String input) {
			int half = input.length() / 2;
			return new Block("{\"type\":\"tool_use\",\"id\":\"%s\",\"name\":\"%s\",\"input\":{}}".formatted(id, name),
					List.of(partialJson(input.substring(0, half)), partialJson(input.substring(half))));
		}

		private static String partialJson(String piece) {
			return "{\"type\":\"input_json_delta\",\"partial_json\":\"%s\"}"
				.formatted(piece.replace("\\", "\\\\").replace("\"", "\\\""));
		}

	}

}
