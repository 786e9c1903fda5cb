package dev.pergola.bff.formats;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

class RequestsTests {

	private static final String[] ASKED = {
			"""
					"messages":[{"id":"1","role":"system","content":"Be brief."},
					{"id":"2","role":"user","content":[{"type":"text","text":"What is this?"},
					{"type":"image","source":{"type":"data","value":"QUJD","mimeType":"image/png"}},
					{"type":"audio","source":{"type":"file","value":"f1"}}]},
					{"id":"3","role":"reasoning","content":"A picture.","encryptedValue":"c2ln","encryptedValueType":"anthropic.signature"},
					{"id":"4","role":"assistant","content":"I look.","toolCalls":[{"id":"call_1","type":"function","function":{"name":"find","arguments":"{\\"q\\":1}"}}]},
					{"id":"5","role":"tool","toolCallId":"call_1","content":"A cat."},
					{"id":"6","role":"activity","activityType":"plan","content":{}}]""",
			"""
					"tools":[{"name":"find","description":"Finds.","parameters":{"type":"object"}}]""", """
					"context":[{"description":"Page","value":"/deals/7"}]""", "\"state\":{\"secret\":1}",
			"\"forwardedProps\":{\"model\":\"dearer\"}" };

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					CHAT | {"model":"qwen3","stream":true,"stream_options":{"include_usage":true},"messages":[{"role":"system","content":"Page: /deals/7"},{"role":"system","content":"Be brief."},{"role":"user","content":[{"type":"text","text":"What is this?"},{"type":"image_url","image_url":{"url":"data:image/png;base64,QUJD"}}]},{"role":"assistant","content":"I look.","tool_calls":[{"id":"call_1","type":"function","function":{"name":"find","arguments":"{\\"q\\":1}"}}]},{"role":"tool","tool_call_id":"call_1","content":"A cat."}],"tools":[{"type":"function","function":{"name":"find","description":"Finds.","parameters":{"type":"object"}}}]}
					RESPONSES | {"model":"gpt-5.1","stream":true,"instructions":"Page: /deals/7","input":[{"role":"system","content":"Be brief."},{"role":"user","content":[{"type":"input_text","text":"What is this?"},{"type":"input_image","image_url":"data:image/png;base64,QUJD"}]},{"role":"assistant","content":"I look."},{"type":"function_call","call_id":"call_1","name":"find","arguments":"{\\"q\\":1}"},{"type":"function_call_output","call_id":"call_1","output":"A cat."}],"tools":[{"type":"function","name":"find","description":"Finds.","parameters":{"type":"object"}}]}
					ANTHROPIC | {"model":"claude","stream":true,"max_tokens":8192,"system":"Be brief.\\n\\nPage: /deals/7","messages":[{"role":"user","content":[{"type":"text","text":"What is this?"},{"type":"image","source":{"type":"base64","media_type":"image/png","data":"QUJD"}}]},{"role":"assistant","content":[{"type":"thinking","thinking":"A picture.","signature":"c2ln"},{"type":"text","text":"I look."},{"type":"tool_use","id":"call_1","name":"find","input":{"q":1}}]},{"role":"user","content":[{"type":"tool_result","tool_use_id":"call_1","content":"A cat.","is_error":false}]}],"tools":[{"name":"find","description":"Finds.","input_schema":{"type":"object"}}]}
					""")
	void asksInTheWordsOfTheFormat(Recorded recorded, String body) {
		AgentExchange exchange = AgentFormats.begin(recorded.agent("/agent", false), Recorded.input(ASKED));
		assertThat(body(exchange.start())).isEqualTo(Json.read(body).orElseThrow());
	}

	@Test
	void saysCallsThatWereMadeTogetherInOneMessageAndLeavesOutThoseNobodyAnswered() {
		ObjectNode input = Recorded
			.input("""
						"messages":[{"id":"0","role":"assistant","toolCalls":[{"id":"x","type":"function","function":{"name":"gone","arguments":""}}]},
					{"id":"1","role":"assistant","content":"I look."},
						{"id":"2","role":"assistant","toolCalls":[{"id":"a","type":"function","function":{"name":"find","arguments":"{}"}}]},
						{"id":"3","role":"reasoning","content":"Both."},
						{"id":"4","role":"assistant","toolCalls":[{"id":"b","type":"function","function":{"name":"open","arguments":"{}"}},
						{"id":"c","type":"function","function":{"name":"web_search","arguments":""}}]},
						{"id":"5","role":"tool","toolCallId":"a","content":"A"},{"id":"6","role":"tool","toolCallId":"b","content":"B"}]""");
		assertThat(body(AgentFormats.begin(Recorded.CHAT.agent("/agent", false), input.deepCopy()).start())
			.path("messages"))
			.isEqualTo(Json
				.read("""
						{"messages":[{"role":"assistant","content":"I look.","tool_calls":[
						{"id":"a","type":"function","function":{"name":"find","arguments":"{}"}},
						{"id":"b","type":"function","function":{"name":"open","arguments":"{}"}}]},
						{"role":"tool","tool_call_id":"a","content":"A"},{"role":"tool","tool_call_id":"b","content":"B"}]}""")
				.orElseThrow()
				.get("messages"));
		assertThat(body(AgentFormats.begin(Recorded.RESPONSES.agent("/agent", false), input).start()).path("input")
			.valueStream()
			.map((item) -> item.path("type").asString("") + item.path("call_id").asString("")))
			.containsExactly("", "function_calla", "function_callb", "function_call_outputa", "function_call_outputb");
	}

	@Test
	void sendsAgUiAgentsTheInputAsItIs() {
		ObjectNode input = Recorded.input(ASKED);
		assertThat(body(AgentFormats.begin(Recorded.TEXT.agent("/agent", false), input).start())).isEqualTo(input);
		assertThat(body(AgentFormats.begin(Recorded.AG_UI.agent("/agent", false), input.deepCopy()).start()))
			.isEqualTo(input.put("protocolVersion", "1.1"));
	}

	@Test
	void sendsAnA2aAgentWhatWasSaidLast() {
		AgentRequest request = AgentFormats.begin(Recorded.A2A.agent("/a2a", false), Recorded.input("""
				"messages":[{"id":"1","role":"user","content":"Hi"},
				{"id":"2","role":"assistant","content":"Hello","metadata":{"a2a.contextId":"ctx-1"}},
				{"id":"3","role":"user","content":"Go on"}]""")).start();
		assertThat(request.headers()).containsEntry("A2A-Version", "1.0");
		assertThat(body(request)).isEqualTo(Json.read("""
				{"jsonrpc":"2.0","id":"u-SendStreamingMessage","method":"SendStreamingMessage","params":{"message":
				{"messageId":"u-u","role":"ROLE_USER","parts":[{"text":"Go on"}],"contextId":"ctx-1"}}}""")
			.orElseThrow());
	}

	@Test
	void answersTheTaskThatWaits() {
		AgentRequest request = AgentFormats.begin(Recorded.A2A.agent("/a2a", false), Recorded.input("""
				"resume":[{"interruptId":"task-1","status":"resolved","payload":{"approved":true}}]""")).start();
		assertThat(body(request).path("params").path("message").toString()).isEqualTo(
				"{\"messageId\":\"u-u\",\"role\":\"ROLE_USER\",\"parts\":[{\"data\":{\"approved\":true}}],\"taskId\":\"task-1\"}");
	}

	@Test
	void cancelsTheTaskThatNobodyAnswers() {
		AgentRequest request = AgentFormats.begin(Recorded.A2A.agent("/a2a", false), Recorded.input("""
				"resume":[{"interruptId":"task-1","status":"cancelled"}]""")).start();
		assertThat(body(request).toString()).contains("\"method\":\"CancelTask\",\"params\":{\"id\":\"task-1\"}");
	}

	private static ObjectNode body(AgentRequest request) {
		return Json.read(new String(request.body(), StandardCharsets.UTF_8)).orElseThrow();
	}

}
