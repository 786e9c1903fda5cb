package dev.pergola.bff.formats;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import dev.pergola.bff.agui.AgUiEvents;
import dev.pergola.bff.agui.Outcome;
import dev.pergola.bff.agui.RunScript;
import dev.pergola.bff.streams.SseParser;
import dev.pergola.manifests.AgentFormat;
import dev.pergola.manifests.AgentHttp;
import tools.jackson.databind.node.ObjectNode;

/**
 * Streams as agents of each format send them: text, a thought and a call where there are
 * such, characters of four bytes, what a run has cost.
 */
public enum Recorded {

	/** AG-UI itself. */
	AG_UI(AgentFormat.AG_UI, null,
			"""
					: hello

					id: 1
					data: {"type":"RUN_STARTED","threadId":"t","runId":"u"}

					id: 2
					data: {"type":"TEXT_MESSAGE_START","messageId":"m","role":"assistant"}

					id: 3
					data: {"type":"TEXT_MESSAGE_CONTENT","messageId":"m","delta":"Hello 🌍"}

					id: 4
					data: {"type":"TEXT_MESSAGE_END","messageId":"m"}

					id: 5
					data: {"type":"RUN_FINISHED","threadId":"t","runId":"u","usage":[{"model":"m","inputTokens":10,"outputTokens":4}]}

					"""),

	/** OpenAI's Responses API. */
	RESPONSES(AgentFormat.OPENAI_RESPONSES, "gpt-5.1",
			"""
					event: response.created
					data: {"type":"response.created","sequence_number":0,"response":{"id":"resp_1","status":"in_progress","model":"gpt-5.1"}}

					data: {"type":"response.output_item.added","sequence_number":1,"output_index":0,"item":{"type":"reasoning","id":"rs_1"}}

					data: {"type":"response.reasoning_summary_text.delta","sequence_number":2,"output_index":0,"summary_index":0,"delta":"Greet them."}

					data: {"type":"response.reasoning_summary_text.done","sequence_number":3,"output_index":0,"summary_index":0}

					data: {"type":"response.output_item.added","sequence_number":4,"output_index":1,"item":{"type":"message","id":"msg_1"}}

					data: {"type":"response.output_text.delta","sequence_number":5,"output_index":1,"content_index":0,"delta":"Hello "}

					data: {"type":"response.output_text.delta","sequence_number":6,"output_index":1,"content_index":0,"delta":"🌍"}

					data: {"type":"response.output_text.done","sequence_number":7,"output_index":1,"content_index":0,"text":"Hello 🌍"}

					data: {"type":"response.output_item.added","sequence_number":8,"output_index":2,"item":{"type":"function_call","call_id":"call_1","name":"find"}}

					data: {"type":"response.function_call_arguments.delta","sequence_number":9,"output_index":2,"delta":"{\\"q\\":1}"}

					data: {"type":"response.output_item.done","sequence_number":10,"output_index":2}

					data: {"type":"response.completed","sequence_number":11,"response":{"id":"resp_1","model":"gpt-5.1","usage":{"input_tokens":10,"input_tokens_details":{"cached_tokens":6},"output_tokens":4,"output_tokens_details":{"reasoning_tokens":2},"total_tokens":14}}}

					"""),

	/** Chat Completions, with reasoning as open models tell it. */
	CHAT(AgentFormat.CHAT_COMPLETIONS, "qwen3",
			"""
					data: {"id":"c","model":"qwen3-32b","choices":[{"index":0,"delta":{"role":"assistant","reasoning_content":"Greet them."}}]}

					data: {"id":"c","model":"qwen3-32b","choices":[{"index":0,"delta":{"content":"Hello "}}]}

					data: {"id":"c","model":"qwen3-32b","choices":[{"index":0,"delta":{"content":"🌍"}}]}

					data: {"id":"c","model":"qwen3-32b","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"call_1","function":{"name":"find","arguments":""}}]}}]}

					data: {"id":"c","model":"qwen3-32b","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\\"q\\":1}"}}]}}]}

					data: {"id":"c","model":"qwen3-32b","choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}

					data: {"id":"c","model":"qwen3-32b","choices":[],"usage":{"prompt_tokens":10,"completion_tokens":4,"total_tokens":14,"prompt_tokens_details":{"cached_tokens":6},"completion_tokens_details":{"reasoning_tokens":2}}}

					data: [DONE]

					"""),

	/** Anthropic's Messages API. */
	ANTHROPIC(AgentFormat.ANTHROPIC_MESSAGES, "claude",
			"""
					event: message_start
					data: {"type":"message_start","message":{"id":"msg_1","model":"claude-sonnet-4-5","usage":{"input_tokens":3,"cache_read_input_tokens":6,"cache_creation_input_tokens":1,"output_tokens":1}}}

					event: content_block_start
					data: {"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":""}}

					data: {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"Greet them."}}

					data: {"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"c2ln"}}

					data: {"type":"content_block_stop","index":0}

					event: ping
					data: {"type":"ping"}

					data: {"type":"content_block_start","index":1,"content_block":{"type":"text","text":""}}

					data: {"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"Hello "}}

					data: {"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"🌍"}}

					data: {"type":"content_block_stop","index":1}

					data: {"type":"content_block_start","index":2,"content_block":{"type":"tool_use","id":"call_1","name":"find","input":{}}}

					data: {"type":"content_block_delta","index":2,"delta":{"type":"input_json_delta","partial_json":"{\\"q\\":1}"}}

					data: {"type":"content_block_stop","index":2}

					data: {"type":"message_delta","delta":{"stop_reason":"tool_use"},"usage":{"output_tokens":4}}

					data: {"type":"message_stop"}

					"""),

	/** A2A 1.0. */
	A2A(AgentFormat.A2A, null,
			"""
					data: {"jsonrpc":"2.0","id":"1","result":{"task":{"id":"task-1","contextId":"ctx-1","status":{"state":"TASK_STATE_SUBMITTED"}}}}

					data: {"jsonrpc":"2.0","id":"1","result":{"statusUpdate":{"taskId":"task-1","contextId":"ctx-1","status":{"state":"TASK_STATE_WORKING","message":{"messageId":"s1","role":"ROLE_AGENT","parts":[{"text":"Looking."}]}}}}}

					data: {"jsonrpc":"2.0","id":"1","result":{"artifactUpdate":{"taskId":"task-1","contextId":"ctx-1","artifact":{"artifactId":"a1","parts":[{"text":"Hello "}]}}}}

					data: {"jsonrpc":"2.0","id":"1","result":{"artifactUpdate":{"taskId":"task-1","contextId":"ctx-1","append":true,"lastChunk":true,"artifact":{"artifactId":"a1","parts":[{"text":"🌍"}]}}}}

					data: {"jsonrpc":"2.0","id":"1","result":{"statusUpdate":{"taskId":"task-1","contextId":"ctx-1","status":{"state":"TASK_STATE_COMPLETED"}}}}

					"""),

	/** Words, as Spring writes them. */
	TEXT(AgentFormat.TEXT, null, """
			data:Hello

			data: 🌍

			data:[DONE]

			""");

	private final AgentFormat format;

	private final String model;

	private final String stream;

	Recorded(AgentFormat format, String model, String stream) {
		this.format = format;
		this.model = model;
		this.stream = stream;
	}

	public String stream() {
		return this.stream;
	}

	public byte[] bytes() {
		return this.stream.getBytes(StandardCharsets.UTF_8);
	}

	/** An agent that sends it. */
	public AgentHttp agent(String path, boolean resumable) {
		return new AgentHttp(path, this.format, this.model, null, resumable, null);
	}

	AgentExchange exchange() {
		return AgentFormats.begin(agent("/agent", false), input());
	}

	static ObjectNode input(String... fields) {
		String more = Stream.of(fields).map((field) -> "," + field).reduce("", String::concat);
		return Json.read("{\"threadId\":\"t\",\"runId\":\"u\"%s}".formatted(more)).orElseThrow();
	}

	/**
	 * What viewers see of a stream that ends after these bytes; the run may not be over.
	 */
	static Told read(AgentExchange exchange, byte[] bytes) {
		SseParser parser = exchange.isPlainText() ? SseParser.ofPlainText(100_000) : new SseParser(100_000);
		RunScript script = new RunScript("t", "r");
		List<ObjectNode> events = new ArrayList<>(List.of(script.start()));
		parser.feed(bytes)
			.forEach((event) -> exchange.accept(event).forEach((each) -> events.addAll(script.accept(each))));
		return new Told(script, events);
	}

	/**
	 * A run as far as it came.
	 *
	 * @param events as viewers get them
	 */
	record Told(RunScript script, List<ObjectNode> events) {

		Outcome outcome() {
			return this.script.outcome();
		}

		List<String> types() {
			return this.events.stream().map(AgUiEvents::type).toList();
		}

		ObjectNode last() {
			return this.events.getLast();
		}

		/** All words of all messages. */
		String text() {
			return this.events.stream()
				.filter((event) -> AgUiEvents.type(event).equals("TEXT_MESSAGE_CONTENT"))
				.map((event) -> event.path("delta").asString())
				.reduce("", String::concat);
		}

	}

}
