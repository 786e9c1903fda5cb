package dev.pergola.bff.agui;

import java.nio.charset.StandardCharsets;
import java.util.List;

import dev.pergola.bff.streams.Folding;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

class TranscriptTests {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final Transcript transcript = new Transcript(
			JSON.readTree("[{\"id\":\"1\",\"role\":\"user\",\"content\":\"Hi\"}]"));

	@Test
	void addsWhatTheRunSaidToTheConversation() {
		take("""
				{"type":"RUN_STARTED","threadId":"t","runId":"r"}
				{"type":"REASONING_START","messageId":"t1"}
				{"type":"REASONING_MESSAGE_START","messageId":"t1","role":"reasoning"}
				{"type":"REASONING_MESSAGE_CONTENT","messageId":"t1","delta":"Hmm"}
				{"type":"REASONING_MESSAGE_END","messageId":"t1"}
				{"type":"REASONING_END","messageId":"t1"}
				{"type":"TEXT_MESSAGE_START","messageId":"m","role":"assistant"}
				{"type":"TEXT_MESSAGE_CONTENT","messageId":"m","delta":"Look"}
				{"type":"TEXT_MESSAGE_CONTENT","messageId":"m","delta":"ing"}
				{"type":"TEXT_MESSAGE_END","messageId":"m"}
				{"type":"TOOL_CALL_START","toolCallId":"c","toolCallName":"find","parentMessageId":"m"}
				{"type":"TOOL_CALL_ARGS","toolCallId":"c","delta":"{\\"q\\":"}
				{"type":"TOOL_CALL_ARGS","toolCallId":"c","delta":"1}"}
				{"type":"TOOL_CALL_END","toolCallId":"c"}
				{"type":"TOOL_CALL_RESULT","messageId":"m2","toolCallId":"c","content":"found"}
				""");
		assertThat(this.transcript.messages()).hasToString("[{\"id\":\"1\",\"role\":\"user\",\"content\":\"Hi\"},"
				+ "{\"id\":\"t1\",\"role\":\"reasoning\",\"content\":\"Hmm\"},"
				+ "{\"id\":\"m\",\"role\":\"assistant\",\"content\":\"Looking\",\"toolCalls\":[{\"id\":\"c\",\"type\":\"function\","
				+ "\"function\":{\"name\":\"find\",\"arguments\":\"{\\\"q\\\":1}\"}}]},"
				+ "{\"id\":\"m2\",\"role\":\"tool\",\"content\":\"found\",\"toolCallId\":\"c\"}]");
		assertThat(types(this.transcript.prelude())).containsExactly("RUN_STARTED", "MESSAGES_SNAPSHOT");
	}

	@Test
	void goesOnWithATextAndBeginsCallsAndReasoningAgain() {
		take("""
				{"type":"RUN_STARTED","threadId":"t","runId":"r"}
				{"type":"STEP_STARTED","stepName":"search"}
				{"type":"STATE_SNAPSHOT","snapshot":{"n":1}}
				{"type":"STATE_DELTA","delta":[]}
				{"type":"TEXT_MESSAGE_START","messageId":"m","role":"assistant"}
				{"type":"TEXT_MESSAGE_CONTENT","messageId":"m","delta":"Wait"}
				{"type":"TOOL_CALL_START","toolCallId":"c","toolCallName":"find","parentMessageId":"p"}
				{"type":"TOOL_CALL_ARGS","toolCallId":"c","delta":"{\\"q\\":"}
				{"type":"TOOL_CALL_ARGS","toolCallId":"c","delta":"1"}
				{"type":"REASONING_MESSAGE_START","messageId":"t1","role":"reasoning"}
				{"type":"REASONING_MESSAGE_CONTENT","messageId":"t1","delta":"Hmm"}
				{"type":"CUSTOM","name":"pergola.queue","value":{"position":2}}
				""");
		List<ObjectNode> prelude = this.transcript.prelude();
		assertThat(types(prelude)).containsExactly("RUN_STARTED", "MESSAGES_SNAPSHOT", "STATE_SNAPSHOT", "STATE_DELTA",
				"STEP_STARTED", "TEXT_MESSAGE_START", "TOOL_CALL_START", "TOOL_CALL_ARGS", "REASONING_MESSAGE_START",
				"REASONING_MESSAGE_CONTENT", "CUSTOM");
		assertThat(prelude.get(1).path("messages")).hasToString("[{\"id\":\"1\",\"role\":\"user\",\"content\":\"Hi\"},"
				+ "{\"id\":\"m\",\"role\":\"assistant\",\"content\":\"Wait\"}]");
		assertThat(prelude.get(7).path("delta").asString()).isEqualTo("{\"q\":1");
		assertThat(prelude.get(9).path("delta").asString()).isEqualTo("Hmm");
	}

	@Test
	void keepsWhatAMessageOrCallSaysOfItselfAndWhatIsForItsProviderAlone() {
		take("""
				{"type":"REASONING_MESSAGE_START","messageId":"t1","role":"reasoning"}
				{"type":"REASONING_MESSAGE_END","messageId":"t1"}
				{"type":"REASONING_ENCRYPTED_VALUE","subtype":"message","entityId":"t1","encryptedValue":"c2ln","encryptedValueType":"x.y"}
				{"type":"TEXT_MESSAGE_START","messageId":"m","metadata":{"a2a.contextId":"ctx"}}
				{"type":"TEXT_MESSAGE_END","messageId":"m"}
				{"type":"TOOL_CALL_START","toolCallId":"c","toolCallName":"find","parentMessageId":"m","metadata":{"a":1}}
				{"type":"TOOL_CALL_END","toolCallId":"c"}
				{"type":"REASONING_ENCRYPTED_VALUE","subtype":"tool-call","entityId":"c","encryptedValue":"Y2Fs"}
				""");
		assertThat(this.transcript.messages().get(1)).hasToString(
				"{\"id\":\"t1\",\"role\":\"reasoning\",\"content\":\"\",\"encryptedValue\":\"c2ln\",\"encryptedValueType\":\"x.y\"}");
		assertThat(this.transcript.messages().get(2)).hasToString(
				"{\"id\":\"m\",\"role\":\"assistant\",\"content\":\"\",\"metadata\":{\"a2a.contextId\":\"ctx\"},"
						+ "\"toolCalls\":[{\"id\":\"c\",\"type\":\"function\",\"function\":{\"name\":\"find\",\"arguments\":\"\"},"
						+ "\"metadata\":{\"a\":1},\"encryptedValue\":\"Y2Fs\"}]}");
	}

	@Test
	void saysWhatTheStateChangedFrom() {
		take("{\"type\":\"STATE_DELTA\",\"delta\":[{\"op\":\"add\",\"path\":\"/n\",\"value\":1}]}");
		assertThat(types(this.transcript.prelude())).containsExactly("MESSAGES_SNAPSHOT", "STATE_SNAPSHOT",
				"STATE_DELTA");
		assertThat(this.transcript.prelude().get(1).path("snapshot")).hasToString("{}");
	}

	@Test
	void takesASnapshotOfTheAgentForTheWholeConversation() {
		take("""
				{"type":"TEXT_MESSAGE_START","messageId":"m","role":"assistant"}
				{"type":"TEXT_MESSAGE_CONTENT","messageId":"m","delta":"old"}
				{"type":"TEXT_MESSAGE_END","messageId":"m"}
				{"type":"MESSAGES_SNAPSHOT","messages":[{"id":"m","role":"assistant","content":"new"}]}
				""");
		assertThat(this.transcript.messages())
			.hasToString("[{\"id\":\"m\",\"role\":\"assistant\",\"content\":\"new\"}]");
	}

	@Test
	void foldsPiecesOfOneTextAndNothingElse() {
		Deltas deltas = new Deltas(200);
		String start = "{\"type\":\"TEXT_MESSAGE_CONTENT\",\"messageId\":\"m\",\"delta\":\"a😀\"}";
		Folding.Fold<byte[]> fold = deltas.begin(bytes(start));
		assertThat(fold.add(bytes(start.replace("a😀", "\\n b")))).isTrue();
		assertThat(fold.add(bytes(start.replace("\"m\"", "\"other\"")))).isFalse();
		assertThat(fold.add(bytes(start.replace("TEXT_MESSAGE", "REASONING_MESSAGE")))).isFalse();
		assertThat(fold.add(bytes(start.replace("\"delta\"", "\"timestamp\":1,\"delta\"")))).isFalse();
		assertThat(fold.add(bytes("{\"type\":\"CUSTOM\",\"name\":\"n\"}"))).isFalse();
		assertThat(fold.add(bytes(start.replace("a😀", "x".repeat(200))))).as("too long together").isFalse();
		assertThat(new String(fold.value(), StandardCharsets.UTF_8)).isEqualTo(start.replace("a😀", "a😀\\n b"));
		assertThat(deltas.begin(bytes("{\"type\":\"CUSTOM\",\"name\":\"_CONTENT\"}"))).isNull();
	}

	private void take(String lines) {
		lines.lines().map((line) -> AgUiEvents.parse(line).orElseThrow()).forEach(this.transcript::accept);
	}

	private static List<String> types(List<ObjectNode> events) {
		return events.stream().map(AgUiEvents::type).toList();
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
