package dev.pergola.bff.formats;

import java.util.List;
import java.util.Map;

import dev.pergola.bff.agui.AgUiEvents;
import dev.pergola.bff.agui.TokenUsage;
import dev.pergola.bff.streams.SseEvent;
import dev.pergola.manifests.AgentHttp;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Events of Anthropic's Messages API. The answer is whole when it said why it stopped,
 * and then {@code message_stop}.
 */
final class AnthropicExchange implements AgentExchange {

	private final AgentHttp agent;

	private final Asked asked;

	private final Answer answer;

	private String model;

	private String reason = "";

	/** Counts of {@code usage}, which are cumulative. */
	private final ObjectNode counts = Json.object();

	AnthropicExchange(AgentHttp agent, ObjectNode input) {
		this.agent = agent;
		this.asked = new Asked(input);
		this.answer = new Answer(this.asked.runId());
		this.model = String.valueOf(agent.model());
	}

	@Override
	public AgentRequest start() {
		return new AgentRequest(this.agent.path(), Map.of("anthropic-version", "2023-06-01"),
				AnthropicRequest.of(this.agent, this.asked));
	}

	@Override
	public String source() {
		return "anthropic";
	}

	@Override
	public List<ObjectNode> accept(SseEvent event) {
		ObjectNode told = Json.read(event.data()).orElse(null);
		if (told == null) {
			return this.answer.failed(Failures.malformed());
		}
		String key = told.path("index").asString("0");
		switch (Json.text(told, "type")) {
			case "message_start" -> {
				this.model = ChatExchange.model(told.path("message"), this.agent);
				usage(told.path("message").path("usage"));
			}
			case "content_block_start" -> begin(key, told.path("content_block"));
			case "content_block_delta" -> more(key, told.path("delta"));
			case "content_block_stop" -> this.answer.end(key);
			case "message_delta" -> {
				String why = Json.text(told.path("delta"), "stop_reason");
				this.reason = why.isEmpty() ? this.reason : why;
				usage(told.path("usage"));
			}
			case "message_stop" -> {
				return stop();
			}
			case "error" -> {
				return this.answer.failed(Failures.told(Json.text(told.path("error"), "type")));
			}
			default -> {
				// "Handle unknown event types gracefully", and ping.
			}
		}
		return this.answer.take();
	}

	private List<ObjectNode> stop() {
		return switch (this.reason) {
			case "" -> List.of();
			case "max_tokens", "model_context_window_exceeded", "pause_turn" -> this.answer.stopped(this.reason);
			case "refusal" -> this.answer.failed(Failures.declined());
			default -> this.answer.finish();
		};
	}

	private void begin(String key, JsonNode block) {
		String type = Json.text(block, "type");
		switch (type) {
			case "text" -> this.answer.text(key, Json.text(block, "text"));
			case "thinking" -> this.answer.thought(key, Json.text(block, "thinking"));
			case "redacted_thinking" -> this.answer.secret(key, Json.text(block, "data"), AnthropicRequest.REDACTED);
			case "tool_use", "server_tool_use", "mcp_tool_use" ->
				this.answer.call(key, Json.text(block, "id"), Json.text(block, "name"), !type.equals("tool_use"));
			default -> {
				if (block.path("tool_use_id").isString()) {
					result(block);
				}
			}
		}
	}

	private void result(JsonNode block) {
		String callId = Json.text(block, "tool_use_id");
		this.answer.add(AgUiEvents.event("TOOL_CALL_RESULT")
			.put("messageId", callId + "-result")
			.put("toolCallId", callId)
			.put("content", Json.text(block.path("content")))
			.put("role", "tool"));
	}

	private void more(String key, JsonNode delta) {
		switch (Json.text(delta, "type")) {
			case "text_delta" -> this.answer.text(key, Json.text(delta, "text"));
			case "thinking_delta" -> this.answer.thought(key, Json.text(delta, "thinking"));
			case "signature_delta" ->
				this.answer.secret(key, Json.text(delta, "signature"), AnthropicRequest.SIGNATURE);
			case "input_json_delta" -> this.answer.arguments(key, Json.text(delta, "partial_json"));
			default -> {
				// Citations have no place in AG-UI.
			}
		}
	}

	/** Tokens of a cache are told beside the input, and belong to it. */
	private void usage(JsonNode usage) {
		if (!usage.isObject()) {
			return;
		}
		usage.properties()
			.stream()
			.filter((count) -> count.getValue().isIntegralNumber())
			.forEach((count) -> this.counts.set(count.getKey(), count.getValue()));
		@Nullable Long read = TokenUsage.count(this.counts.path("cache_read_input_tokens"));
		@Nullable Long written = TokenUsage.count(this.counts.path("cache_creation_input_tokens"));
		this.answer.add(AgUiEvents.usage(new TokenUsage("anthropic", this.model,
				TokenUsage.sum(TokenUsage.count(this.counts.path("input_tokens")), read, written),
				TokenUsage.count(this.counts.path("output_tokens")), read, written, null)));
	}

}
