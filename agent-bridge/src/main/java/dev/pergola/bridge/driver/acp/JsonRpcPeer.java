package dev.pergola.bridge.driver.acp;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import dev.pergola.bridge.driver.DialogueException;
import dev.pergola.bridge.driver.JsonLines;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One side of a JSON-RPC 2.0 connection. One thread reads; any may write.
 */
final class JsonRpcPeer {

	static final int METHOD_NOT_FOUND = -32601;

	private final Framer framer;

	private final AtomicLong ids = new AtomicLong();

	private final Map<Long, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();

	JsonRpcPeer(Framer framer) {
		this.framer = framer;
	}

	/**
	 * Asks the other side.
	 * @return completes while somebody reads, with the result or a
	 * {@link JsonRpcException}
	 */
	CompletableFuture<JsonNode> request(String method, ObjectNode params) throws IOException, DialogueException {
		long id = this.ids.incrementAndGet();
		CompletableFuture<JsonNode> answer = new CompletableFuture<>();
		this.asked.put(id, answer);
		this.framer.write(message().put("id", id).put("method", method).set("params", params));
		return answer;
	}

	void notify(String method, ObjectNode params) throws IOException, DialogueException {
		this.framer.write(message().put("method", method).set("params", params));
	}

	void answer(JsonNode id, JsonNode result) throws IOException, DialogueException {
		this.framer.write(message().set("id", id).set("result", result));
	}

	void refuse(JsonNode id, int code, String reason) throws IOException, DialogueException {
		ObjectNode message = message().set("id", id);
		message.putObject("error").put("code", code).put("message", reason);
		this.framer.write(message);
	}

	/**
	 * Reads one message; an answer to a request of ours completes it.
	 * @return what the other side asks or says of its own accord; empty for everything
	 * else
	 */
	Optional<Incoming> read(@Nullable Duration within) throws IOException, InterruptedException, DialogueException {
		Optional<ObjectNode> message = this.framer.read(within);
		if (message.isEmpty()) {
			return Optional.empty();
		}
		JsonNode id = message.get().path("id");
		String method = message.get().path("method").asString("");
		if (!method.isEmpty()) {
			return Optional.of(new Incoming(method, message.get().path("params"), id.isMissingNode() ? null : id));
		}
		CompletableFuture<JsonNode> waiting = id.isIntegralNumber() ? this.asked.remove(id.asLong()) : null;
		if (waiting != null) {
			complete(waiting, message.get());
		}
		return Optional.empty();
	}

	boolean hasEnded() {
		return this.framer.hasEnded();
	}

	void close() {
		this.framer.close();
	}

	private static void complete(CompletableFuture<JsonNode> waiting, ObjectNode message) {
		if (message.has("error")) {
			waiting.completeExceptionally(new JsonRpcException(message.path("error").path("code").asInt(0)));
		}
		else {
			waiting.complete(message.path("result"));
		}
	}

	private static ObjectNode message() {
		return JsonLines.object().put("jsonrpc", "2.0");
	}

	/**
	 * What the other side asks or says.
	 *
	 * @param id to answer with; {@code null} where no answer is wanted
	 */
	record Incoming(String method, JsonNode params, @Nullable JsonNode id) {
	}

}
