package dev.pergola.bff.formats;

import java.util.ArrayList;
import java.util.List;

import dev.pergola.manifests.AgentHttp;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request of Anthropic's Messages API: roles take turns, results of calls are the
 * user's words, and what was thought goes back with its signature.
 */
final class AnthropicRequest {

	/** Kinds of what is kept of thoughts between runs. */
	static final String SIGNATURE = "anthropic.signature";

	static final String REDACTED = "anthropic.redacted_thinking";

	// The API asks for a number.
	private static final int MAX_TOKENS = 8192;

	private final ArrayNode turns = Json.array();

	private final List<String> system = new ArrayList<>();

	private AnthropicRequest() {
	}

	static byte[] of(AgentHttp agent, Asked asked) {
		AnthropicRequest request = new AnthropicRequest();
		asked.messages().forEach(request::message);
		if (!asked.context().isEmpty()) {
			request.system.add(asked.context());
		}
		Integer maxTokens = agent.maxTokens();
		ObjectNode body = Json.object()
			.put("model", agent.model())
			.put("stream", true)
			.put("max_tokens", (maxTokens != null) ? maxTokens : MAX_TOKENS);
		if (!request.system.isEmpty()) {
			body.put("system", String.join("\n\n", request.system));
		}
		body.set("messages", request.turns);
		if (!asked.tools().isEmpty()) {
			ArrayNode tools = body.putArray("tools");
			asked.tools()
				.forEach((tool) -> tools.addObject()
					.put("name", Json.text(tool, "name"))
					.put("description", Json.text(tool, "description"))
					.set("input_schema", Asked.parameters(tool)));
		}
		return Json.bytes(body);
	}

	private void message(JsonNode message) {
		JsonNode content = message.path("content");
		switch (Json.text(message, "role")) {
			case "system", "developer" -> this.system.add(Asked.text(content));
			case "user" -> Asked.parts(content).forEach((part) -> part(part, "user"));
			case "tool" -> blocks("user").addObject()
				.put("type", "tool_result")
				.put("tool_use_id", Json.text(message, "toolCallId"))
				.put("content", Asked.text(content))
				.put("is_error", !Json.text(message, "error").isEmpty());
			case "reasoning" -> thought(message);
			case "assistant" -> {
				Asked.parts(content).forEach((part) -> part(part, "assistant"));
				message.path("toolCalls").forEach(this::call);
			}
			default -> {
				// What was done on the side is not part of what was said.
			}
		}
	}

	private void thought(JsonNode message) {
		String secret = Json.text(message, "encryptedValue");
		switch (Json.text(message, "encryptedValueType")) {
			case SIGNATURE -> blocks("assistant").addObject()
				.put("type", "thinking")
				.put("thinking", Json.text(message, "content"))
				.put("signature", secret);
			case REDACTED -> blocks("assistant").addObject().put("type", "redacted_thinking").put("data", secret);
			default -> {
				// Without its signature a thought is refused.
			}
		}
	}

	private void call(JsonNode call) {
		ObjectNode input = Json.read(Json.text(call.path("function"), "arguments")).orElseGet(Json::object);
		blocks("assistant").addObject()
			.put("type", "tool_use")
			.put("id", Json.text(call, "id"))
			.put("name", Json.text(call.path("function"), "name"))
			.set("input", input);
	}

	private void part(JsonNode part, String role) {
		String type = Json.text(part, "type");
		if (type.equals("text")) {
			blocks(role).addObject().put("type", "text").put("text", Json.text(part, "text"));
		}
		else if (type.equals("image") || type.equals("document")) {
			ObjectNode source = source(part.path("source"));
			if (!source.isEmpty()) {
				blocks(role).addObject().put("type", type).set("source", source);
			}
		}
	}

	private static ObjectNode source(JsonNode source) {
		String value = Json.text(source, "value");
		return switch (Json.text(source, "type")) {
			case "url" -> Json.object().put("type", "url").put("url", value);
			case "data" ->
				Json.object().put("type", "base64").put("media_type", Json.text(source, "mimeType")).put("data", value);
			default -> Json.object();
		};
	}

	/** Blocks of the turn that is this role's: two turns of one role are one. */
	private ArrayNode blocks(String role) {
		JsonNode last = this.turns.path(this.turns.size() - 1);
		if (Json.text(last, "role").equals(role)) {
			return (ArrayNode) last.path("content");
		}
		return this.turns.addObject().put("role", role).putArray("content");
	}

}
