package dev.pergola.bff.formats;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import dev.pergola.bff.agui.AgUiChecker;
import dev.pergola.bff.agui.AgUiEvents;
import dev.pergola.bff.agui.Outcome;
import dev.pergola.bff.formats.Recorded.Told;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

class FormatsTests {

	@ParameterizedTest
	@EnumSource
	@Tag("S3")
	void isAValidRunWithAllThatWasSaid(Recorded recorded) {
		Told told = Recorded.read(recorded.exchange(), recorded.bytes());
		AgUiChecker.check(told.events());
		assertThat(told.outcome()).isEqualTo(Outcome.FINISHED);
		assertThat(told.text()).endsWith("Hello 🌍");
		assertThat(told.events())
			.allSatisfy((event) -> assertThat(new String(AgUiEvents.bytes(event))).doesNotContain("\n", "\r", "\uFEFF")
				.startsWith("{\"type\":"));
	}

	@ParameterizedTest
	@EnumSource
	@Tag("S11")
	void isNeverASuccessWhenCutAtAnyByte(Recorded recorded) {
		byte[] whole = recorded.bytes();
		// The last line feed ends the last event, which is the end of the run.
		for (int cut = 0; cut < whole.length; cut++) {
			AgentExchange exchange = recorded.exchange();
			Told told = Recorded.read(exchange, Arrays.copyOf(whole, cut));
			assertThat(told.outcome()).as("cut at %d", cut).isEqualTo(Outcome.RUNNING);
			assertThat(exchange.whole(false)).as("cut at %d", cut).isEmpty();
			List<ObjectNode> events = new ArrayList<>(told.events());
			events.addAll(told.script().fail("UPSTREAM_TRUNCATED", "The agent's answer broke off."));
			AgUiChecker.check(events);
		}
	}

	@Test
	void saysOnceWhatIsThoughtAndToldUnderTwoNames() {
		String chunk = "data: {\"choices\":[{\"index\":0,\"delta\":{\"reasoning_content\":\"Hmm\",\"reasoning\":\"Hmm\"}}]}\n\n";
		Told told = Recorded.read(Recorded.CHAT.exchange(), chunk.getBytes(StandardCharsets.UTF_8));
		assertThat(told.events().getLast().path("delta").asString()).isEqualTo("Hmm");
	}

	@ParameterizedTest
	@EnumSource(names = { "RESPONSES", "CHAT", "ANTHROPIC" })
	void leavesCallsOfThePagesToolsToThePage(Recorded recorded) {
		Told told = Recorded.read(recorded.exchange(), recorded.bytes());
		assertThat(told.last().toString())
			.contains("\"outcome\":{\"type\":\"success\",\"pendingToolCallIds\":[\"call_1\"]}");
		assertThat(told.types()).contains("REASONING_MESSAGE_CONTENT", "TOOL_CALL_ARGS");
	}

	@ParameterizedTest
	@EnumSource(names = { "RESPONSES", "CHAT", "ANTHROPIC" })
	void countsTokensInOneWay(Recorded recorded) {
		ObjectNode usage = (ObjectNode) Recorded.read(recorded.exchange(), recorded.bytes())
			.last()
			.path("usage")
			.get(0);
		assertThat(usage.path("inputTokens").asLong()).isEqualTo(10);
		assertThat(usage.path("outputTokens").asLong()).isEqualTo(4);
		assertThat(usage.path("totalTokens").asLong()).isEqualTo(14);
		assertThat(usage.path("cachedInputTokens").asLong()).isEqualTo(6);
		assertThat(usage.path("model").asString()).isNotEmpty();
	}

	@Test
	void tellsWhatACutAnswerHasCostSoFar() {
		byte[] half = Recorded.ANTHROPIC.stream().split("event: ping")[0].getBytes();
		Told told = Recorded.read(Recorded.ANTHROPIC.exchange(), half);
		assertThat(told.script().fail("UPSTREAM_TRUNCATED", "cut").getLast().path("usage").toString()).isEqualTo(
				"[{\"provider\":\"anthropic\",\"model\":\"claude-sonnet-4-5\",\"inputTokens\":10,\"outputTokens\":1,"
						+ "\"cachedInputTokens\":6,\"cacheWriteInputTokens\":1,\"totalTokens\":11}]");
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '`',
			textBlock = """
					ANTHROPIC, `{"type":"error","error":{"type":"overloaded_error","message":"sk-secret"}}`, AGENT_BUSY
					ANTHROPIC, `{"type":"error","error":{"type":"authentication_error","message":"sk-secret"}}`, AGENT_REFUSED
					ANTHROPIC, `{"type":"error","error":{"type":"api_error","message":"sk-secret"}}`, AGENT_FAILED
					CHAT, `{"error":{"code":429,"message":"sk-secret"}}`, AGENT_BUSY
					CHAT, `{"error":{"type":"server_error","message":"sk-secret"}}`, AGENT_FAILED
					RESPONSES, `{"type":"error","code":"rate_limit_exceeded","message":"sk-secret"}`, AGENT_BUSY
					RESPONSES, `{"type":"response.failed","response":{"error":{"code":"server_error","message":"sk-secret"}}}`, AGENT_FAILED
					A2A, `{"jsonrpc":"2.0","error":{"code":-32603,"message":"sk-secret"}}`, AGENT_FAILED
					A2A, `{"result":{"statusUpdate":{"taskId":"x","status":{"state":"TASK_STATE_REJECTED"}}}}`, AGENT_DECLINED
					A2A, `{"result":{"statusUpdate":{"taskId":"x","status":{"state":"TASK_STATE_FAILED"}}}}`, AGENT_FAILED
					AG_UI, `[]`, AGENT_PROTOCOL
					CHAT, `oops`, AGENT_PROTOCOL
					""")
	@Tag("S11")
	void tellsOfAnErrorInTheMiddleWithoutTheVendorsWords(Recorded recorded, String data, String code) {
		byte[] first = recorded.stream().split("\n\n", 2)[0].getBytes();
		AgentExchange exchange = recorded.exchange();
		Told told = Recorded.read(exchange, concat(first, ("\n\ndata: " + data + "\n\n").getBytes()));
		AgUiChecker.check(told.events());
		assertThat(told.last().path("code").asString()).isEqualTo(code);
		assertThat(told.events().toString()).doesNotContain("sk-secret");
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '`',
			textBlock = """
					ANTHROPIC, `{"type":"message_delta","delta":{"stop_reason":"max_tokens"}}|{"type":"message_stop"}`, CANCELLED
					ANTHROPIC, `{"type":"message_delta","delta":{"stop_reason":"refusal"}}|{"type":"message_stop"}`, FAILED
					ANTHROPIC, `{"type":"message_delta","delta":{"stop_reason":"end_turn"}}|{"type":"message_stop"}`, FINISHED
					ANTHROPIC, `{"type":"message_stop"}`, RUNNING
					CHAT, `{"choices":[{"index":0,"delta":{"content":"a"},"finish_reason":"length"}]}|[DONE]`, CANCELLED
					CHAT, `{"choices":[{"index":0,"delta":{},"finish_reason":"content_filter"}]}|[DONE]`, FAILED
					CHAT, `{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}|[DONE]`, FINISHED
					CHAT, `[DONE]`, RUNNING
					RESPONSES, `{"type":"response.incomplete","response":{"incomplete_details":{"reason":"max_output_tokens"}}}`, CANCELLED
					RESPONSES, `{"type":"response.incomplete","response":{"incomplete_details":{"reason":"content_filter"}}}`, FAILED
					A2A, `{"result":{"statusUpdate":{"taskId":"x","status":{"state":"TASK_STATE_CANCELED"}}}}`, CANCELLED
					A2A, `{"result":{"message":{"messageId":"m","role":"ROLE_AGENT","parts":[{"text":"All."}]}}}`, FINISHED
					""")
	@Tag("S11")
	void callsOnlyAWholeAnswerASuccess(Recorded recorded, String data, Outcome outcome) {
		String stream = "data: " + data.replace("|", "\n\ndata: ") + "\n\n";
		assertThat(Recorded.read(recorded.exchange(), stream.getBytes()).outcome()).isEqualTo(outcome);
	}

	@Test
	void tellsCallsApartThatAServerGivesTheSamePlace() {
		Told told = Recorded.read(Recorded.CHAT.exchange(),
				"""
						data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"a","function":{"name":"find","arguments":"{"}}]}}]}

						data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"a","function":{"name":"find","arguments":"}"}}]}}]}

						data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"b","function":{"name":"open","arguments":"[]"}}]}}]}

						data: {"choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}

						data: [DONE]

						"""
					.getBytes());
		AgUiChecker.check(told.events());
		assertThat(told.types()).containsExactly("RUN_STARTED", "TOOL_CALL_START", "TOOL_CALL_ARGS", "TOOL_CALL_ARGS",
				"TOOL_CALL_END", "TOOL_CALL_START", "TOOL_CALL_ARGS", "TOOL_CALL_END", "RUN_FINISHED");
		assertThat(told.last().path("outcome").path("pendingToolCallIds")).hasToString("[\"a\",\"b\"]");
	}

	@Test
	void tellsWhatCameOfCallsTheProviderMakesItself() {
		Told told = Recorded.read(Recorded.RESPONSES.exchange(),
				"""
						data: {"type":"response.output_item.added","output_index":0,"item":{"type":"web_search_call","id":"ws_1"}}

						data: {"type":"response.output_item.done","output_index":0,"item":{"type":"web_search_call","id":"ws_1","status":"completed"}}

						data: {"type":"response.output_item.added","output_index":1,"item":{"type":"mcp_call","id":"mcp_1","name":"roll"}}

						data: {"type":"response.output_item.done","output_index":1,"item":{"type":"mcp_call","id":"mcp_1","name":"roll","output":"4","status":"completed"}}

						data: {"type":"response.completed","response":{"id":"resp_1"}}

						"""
					.getBytes());
		AgUiChecker.check(told.events());
		assertThat(told.events()).filteredOn((event) -> AgUiEvents.type(event).equals("TOOL_CALL_RESULT"))
			.extracting((event) -> event.path("toolCallId").asString() + "=" + event.path("content").asString())
			.containsExactly("ws_1=completed", "mcp_1=4");
	}

	@Test
	void tellsEveryFileOfATaskOnce() {
		Told told = Recorded.read(Recorded.A2A.exchange(),
				"""
						data: {"result":{"artifactUpdate":{"taskId":"t","artifact":{"artifactId":"a","parts":[{"text":"Hi"},{"url":"https://x/1"}]}}}}

						data: {"result":{"artifactUpdate":{"taskId":"t","append":true,"artifact":{"artifactId":"a","parts":[{"url":"https://x/2"}]}}}}

						data: {"result":{"task":{"id":"t","status":{"state":"TASK_STATE_COMPLETED"},"artifacts":[{"artifactId":"a","parts":[{"text":"Hi"},{"url":"https://x/1"},{"url":"https://x/2"},{"url":"https://x/3"}]}]}}}

						"""
					.getBytes());
		AgUiChecker.check(told.events());
		List<ObjectNode> files = told.events()
			.stream()
			.filter((event) -> AgUiEvents.type(event).equals("ACTIVITY_SNAPSHOT"))
			.toList();
		assertThat(files).extracting((event) -> event.path("content").path("url").asString())
			.containsExactly("https://x/1", "https://x/2", "https://x/3");
		assertThat(files).extracting((event) -> event.path("messageId").asString()).doesNotHaveDuplicates();
	}

	@Test
	void keepsSpacesOfAWriterThatLeavesOutTheOptionalOne() {
		assertThat(Recorded
			.read(Recorded.TEXT.exchange(), "data:Hello\n\ndata: world\n\ndata:\ndata:\n\ndata:  x\n\n".getBytes())
			.text()).isEqualTo("Hello world\n  x");
		assertThat(Recorded
			.read(Recorded.TEXT.exchange(), "data: Hello\n\ndata:  world\n\ndata: a\ndata: b\n\n".getBytes())
			.text()).isEqualTo("Hello worlda\nb");
	}

	@Test
	@Tag("S11")
	void takesAWholeTextForAnEndOnlyWhenItsLengthIsKnown() {
		AgentExchange exchange = Recorded.TEXT.exchange();
		Recorded.read(exchange, "data: Hello\n\n".getBytes());
		assertThat(exchange.whole(false)).isEmpty();
		assertThat(exchange.whole(true)).extracting(AgUiEvents::type)
			.containsExactly("TEXT_MESSAGE_END", "RUN_FINISHED");
	}

	private static byte[] concat(byte[] first, byte[] second) {
		byte[] both = Arrays.copyOf(first, first.length + second.length);
		System.arraycopy(second, 0, both, first.length, second.length);
		return both;
	}

}
