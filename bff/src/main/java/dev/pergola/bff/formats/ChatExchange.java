package dev.pergola.bff.formats;

import java.util.List;

import dev.pergola.bff.agui.AgUiEvents;
import dev.pergola.bff.agui.TokenUsage;
import dev.pergola.bff.streams.SseEvent;
import dev.pergola.manifests.AgentHttp;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Chunks of Chat Completions. The answer is whole when it said why it ended, and then
 * {@code [DONE]}.
 */
final class ChatExchange implements AgentExchange {

	private static final String DONE = "[DONE]";

	private static final String TEXT = "text";

	private static final String THOUGHT = "thought";

	private final AgentHttp agent;

	private final Asked asked;

	private final Answer answer;

	private String reason = "";

	ChatExchange(AgentHttp agent, ObjectNode input) {
		this.agent = agent;
		this.asked = new Asked(input);
		this.answer = new Answer(this.asked.runId());
	}

	@Override
	public AgentRequest start() {
		ObjectNode body = Json.object().put("model", this.agent.model()).put("stream", true);
		body.putObject("stream_options").put("include_usage", true);
		Integer maxTokens = this.agent.maxTokens();
		if (maxTokens != null) {
			body.put("max_completion_tokens", maxTokens);
		}
		ArrayNode messages = body.putArray("messages");
		if (!this.asked.context().isEmpty()) {
			messages.addObject().put("role", "system").put("content", this.asked.context());
		}
		this.asked.messages().forEach(new ChatMessages(this.asked, messages)::add);
		if (!this.asked.tools().isEmpty()) {
			ArrayNode tools = body.putArray("tools");
			this.asked.tools().forEach((tool) -> tool(tool, tools.addObject().put("type", "function")));
		}
		return AgentRequest.post(this.agent.path(), Json.bytes(body));
	}

	@Override
	public String source() {
		return "chat-completions";
	}

	@Override
	public List<ObjectNode> accept(SseEvent event) {
		if (event.data().equals(DONE)) {
			return done();
		}
		ObjectNode chunk = Json.read(event.data()).orElse(null);
		if (chunk == null) {
			return this.answer.failed(Failures.malformed());
		}
		JsonNode error = chunk.path("error");
		if (error.isObject()) {
			return this.answer
				.failed(Failures.told(error.path("type").asString("") + " " + error.path("code").asString("")));
		}
		usage(chunk);
		for (JsonNode choice : chunk.path("choices")) {
			if (choice.path("index").asInt(0) == 0) {
				choice(choice);
			}
		}
		return this.answer.take();
	}

	private List<ObjectNode> done() {
		return switch (this.reason) {
			case "" -> List.of();
			case "length" -> this.answer.stopped("length");
			case "content_filter" -> this.answer.failed(Failures.declined());
			default -> this.answer.finish();
		};
	}

	private void choice(JsonNode choice) {
		JsonNode delta = choice.path("delta");
		// Some servers say the same under both names.
		String thought = Json.text(delta, "reasoning_content");
		this.answer.thought(THOUGHT, thought.isEmpty() ? Json.text(delta, "reasoning") : thought);
		String text = Json.text(delta, "content") + Json.text(delta, "refusal");
		if (!text.isEmpty()) {
			this.answer.end(THOUGHT);
			this.answer.text(TEXT, text);
		}
		for (JsonNode call : delta.path("tool_calls")) {
			call(call);
		}
		String why = Json.text(choice, "finish_reason");
		this.reason = why.isEmpty() ? this.reason : why;
	}

	private void call(JsonNode call) {
		String key = "call" + call.path("index").asInt(0);
		String name = Json.text(call.path("function"), "name");
		String id = Json.text(call, "id");
		// Some servers give every call the same place.
		boolean isOther = !id.isEmpty() && !this.answer.isOpen(key, id);
		if (!name.isEmpty() && (isOther || !this.answer.isOpen(key))) {
			this.answer.end(THOUGHT);
			this.answer.end(key);
			this.answer.call(key, id, name, false);
		}
		this.answer.arguments(key, Json.text(call.path("function"), "arguments"));
	}

	private void usage(JsonNode chunk) {
		JsonNode usage = chunk.path("usage");
		if (usage.isObject()) {
			this.answer.add(AgUiEvents.usage(new TokenUsage(null, model(chunk, this.agent),
					TokenUsage.count(usage.path("prompt_tokens")), TokenUsage.count(usage.path("completion_tokens")),
					TokenUsage.count(usage.path("prompt_tokens_details").path("cached_tokens")), null,
					TokenUsage.count(usage.path("completion_tokens_details").path("reasoning_tokens")))));
		}
	}

	/** Name of the model that answered. */
	static String model(JsonNode answer, AgentHttp agent) {
		String named = Json.text(answer, "model");
		return named.isEmpty() ? String.valueOf(agent.model()) : named;
	}

	private static void tool(JsonNode tool, ObjectNode told) {
		told.putObject("function")
			.put("name", Json.text(tool, "name"))
			.put("description", Json.text(tool, "description"))
			.set("parameters", Asked.parameters(tool));
	}

}
