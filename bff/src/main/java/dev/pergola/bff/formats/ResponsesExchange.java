package dev.pergola.bff.formats;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.pergola.bff.agui.AgUiEvents;
import dev.pergola.bff.agui.TokenUsage;
import dev.pergola.bff.streams.SseEvent;
import dev.pergola.manifests.AgentHttp;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Events of OpenAI's Responses API. One that may be resumed is made in the background:
 * {@code GET /{id}?stream=true&starting_after=N} goes on.
 */
final class ResponsesExchange implements AgentExchange {

	/** What there may be of the result of a provider's own call, the best first. */
	private static final List<String> RESULTS = List.of("output", "outputs", "results", "error", "status");

	private final AgentHttp agent;

	private final Asked asked;

	private final Answer answer;

	private volatile String responseId = "";

	private long sequence = -1;

	ResponsesExchange(AgentHttp agent, ObjectNode input) {
		this.agent = agent;
		this.asked = new Asked(input);
		this.answer = new Answer(this.asked.runId());
	}

	@Override
	public AgentRequest start() {
		ObjectNode body = Json.object().put("model", this.agent.model()).put("stream", true);
		if (this.agent.mayResume()) {
			body.put("background", true).put("store", true);
		}
		Integer maxTokens = this.agent.maxTokens();
		if (maxTokens != null) {
			body.put("max_output_tokens", maxTokens);
		}
		if (!this.asked.context().isEmpty()) {
			body.put("instructions", this.asked.context());
		}
		ArrayNode items = body.putArray("input");
		Set<String> answered = this.asked.answered();
		this.asked.messages().forEach((message) -> message(message, answered, items));
		if (!this.asked.tools().isEmpty()) {
			ArrayNode tools = body.putArray("tools");
			this.asked.tools()
				.forEach((tool) -> tools.addObject()
					.put("type", "function")
					.put("name", Json.text(tool, "name"))
					.put("description", Json.text(tool, "description"))
					.set("parameters", Asked.parameters(tool)));
		}
		return AgentRequest.post(this.agent.path(), Json.bytes(body));
	}

	@Override
	public String source() {
		return "openai";
	}

	@Override
	public List<ObjectNode> accept(SseEvent event) {
		ObjectNode told = Json.read(event.data()).orElse(null);
		if (told == null) {
			return event.data().equals("[DONE]") ? List.of() : this.answer.failed(Failures.malformed());
		}
		long number = told.path("sequence_number").asLong(-1);
		if (number >= 0 && number <= this.sequence) {
			// Told before the cut already.
			return List.of();
		}
		this.sequence = Math.max(this.sequence, number);
		return take(told);
	}

	@Override
	public Optional<AgentRequest> resume() {
		// Without an id there is nothing to ask for, and a second start would be paid
		// twice.
		return (this.agent.mayResume() && !this.responseId.isEmpty() && this.sequence >= 0)
				? Optional.of(AgentRequest.get(address() + "?stream=true&starting_after=" + this.sequence, Map.of()))
				: Optional.empty();
	}

	@Override
	public Optional<AgentRequest> cancel() {
		return (this.agent.mayResume() && !this.responseId.isEmpty())
				? Optional.of(AgentRequest.post(address() + "/cancel", Json.bytes(Json.object()))) : Optional.empty();
	}

	private String address() {
		return this.agent.path() + "/" + URLEncoder.encode(this.responseId, StandardCharsets.UTF_8);
	}

	private List<ObjectNode> take(ObjectNode told) {
		String key = told.path("output_index").asString("0");
		switch (Json.text(told, "type")) {
			case "response.created" -> this.responseId = Json.text(told.path("response"), "id");
			case "response.output_item.added" -> begin(key, told.path("item"));
			case "response.output_text.delta", "response.refusal.delta" ->
				this.answer.text(key + "/" + told.path("content_index").asString("0"), Json.text(told, "delta"));
			case "response.output_text.done", "response.refusal.done" ->
				this.answer.end(key + "/" + told.path("content_index").asString("0"));
			case "response.reasoning_summary_text.delta" ->
				this.answer.thought(key + "/s" + told.path("summary_index").asString("0"), Json.text(told, "delta"));
			case "response.reasoning_summary_text.done" ->
				this.answer.end(key + "/s" + told.path("summary_index").asString("0"));
			case "response.reasoning_text.delta" ->
				this.answer.thought(key + "/t" + told.path("content_index").asString("0"), Json.text(told, "delta"));
			case "response.reasoning_text.done" ->
				this.answer.end(key + "/t" + told.path("content_index").asString("0"));
			case "response.function_call_arguments.delta", "response.mcp_call_arguments.delta" ->
				this.answer.arguments(key, Json.text(told, "delta"));
			case "response.output_item.done" -> {
				this.answer.result(key, result(told.path("item")));
				this.answer.end(key);
			}
			case "response.completed" -> {
				usage(told.path("response"));
				return this.answer.finish();
			}
			case "response.incomplete" -> {
				usage(told.path("response"));
				return incomplete(Json.text(told.path("response").path("incomplete_details"), "reason"));
			}
			case "response.cancelled" -> {
				usage(told.path("response"));
				return this.answer.stopped("cancelled");
			}
			case "response.failed" -> {
				usage(told.path("response"));
				return this.answer.failed(Failures.told(Json.text(told.path("response").path("error"), "code")));
			}
			case "error" -> {
				return this.answer.failed(Failures.told(Json.text(told, "code")));
			}
			default -> {
				// Kinds of events are added all the time.
			}
		}
		return this.answer.take();
	}

	private void begin(String key, JsonNode item) {
		switch (Json.text(item, "type")) {
			case "function_call" -> this.answer.call(key, Json.text(item, "call_id"), Json.text(item, "name"), false);
			case "mcp_call" -> this.answer.call(key, Json.text(item, "id"), Json.text(item, "name"), true);
			case "web_search_call", "file_search_call", "code_interpreter_call", "computer_call",
					"image_generation_call" ->
				this.answer.call(key, Json.text(item, "id"), Json.text(item, "type").replace("_call", ""), true);
			default -> {
				// A message or a thought begins with its first words.
			}
		}
	}

	/** What a provider says of its own call when that is done. */
	private static String result(JsonNode item) {
		return RESULTS.stream()
			.map(item::path)
			.filter((said) -> !said.isMissingNode() && !said.isNull())
			.findFirst()
			.map((said) -> said.isString() ? said.stringValue() : Json.text(said))
			.orElse("");
	}

	private List<ObjectNode> incomplete(String why) {
		return why.equals("content_filter") ? this.answer.failed(Failures.declined())
				: this.answer.stopped(why.isEmpty() ? "incomplete" : why);
	}

	private void usage(JsonNode response) {
		JsonNode usage = response.path("usage");
		if (usage.isObject()) {
			this.answer.add(AgUiEvents.usage(new TokenUsage("openai", ChatExchange.model(response, this.agent),
					TokenUsage.count(usage.path("input_tokens")), TokenUsage.count(usage.path("output_tokens")),
					TokenUsage.count(usage.path("input_tokens_details").path("cached_tokens")), null,
					TokenUsage.count(usage.path("output_tokens_details").path("reasoning_tokens")))));
		}
	}

	private static void message(JsonNode message, Set<String> answered, ArrayNode items) {
		String role = Json.text(message, "role");
		switch (role) {
			case "system", "developer" ->
				items.addObject().put("role", role).put("content", Asked.text(message.path("content")));
			case "user" -> {
				ArrayNode parts = items.addObject().put("role", role).putArray("content");
				Asked.parts(message.path("content")).forEach((part) -> part(part, parts));
			}
			case "tool" -> items.addObject()
				.put("type", "function_call_output")
				.put("call_id", Json.text(message, "toolCallId"))
				.put("output", Asked.text(message.path("content")));
			case "assistant" -> assistant(message, answered, items);
			default -> {
				// What was thought and done on the side is not part of what was said.
			}
		}
	}

	private static void assistant(JsonNode message, Set<String> answered, ArrayNode items) {
		String text = Asked.text(message.path("content"));
		if (!text.isEmpty()) {
			items.addObject().put("role", "assistant").put("content", text);
		}
		for (JsonNode call : Asked.calls(message, answered)) {
			items.addObject()
				.put("type", "function_call")
				.put("call_id", Json.text(call, "id"))
				.put("name", Json.text(call.path("function"), "name"))
				.put("arguments", Json.text(call.path("function"), "arguments"));
		}
	}

	private static void part(JsonNode part, ArrayNode parts) {
		String address = Asked.address(part);
		switch (Json.text(part, "type")) {
			case "text" -> parts.addObject().put("type", "input_text").put("text", Json.text(part, "text"));
			case "image" -> {
				if (!address.isEmpty()) {
					parts.addObject().put("type", "input_image").put("image_url", address);
				}
			}
			case "document" -> {
				if (address.startsWith("http")) {
					parts.addObject().put("type", "input_file").put("file_url", address);
				}
			}
			default -> {
				// A part the model cannot take is left out.
			}
		}
	}

}
