package dev.pergola.bff.agui;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

class RunScriptTests {

	private final RunScript script = new RunScript("t", "r");

	@Test
	void tellsTheStartItself() {
		assertThat(this.script.start().toString())
			.isEqualTo("{\"type\":\"RUN_STARTED\",\"threadId\":\"t\",\"runId\":\"r\",\"protocolVersion\":\"1.1\"}");
		assertThat(accept("{\"type\":\"RUN_STARTED\",\"threadId\":\"x\",\"runId\":\"y\"}")).isEmpty();
	}

	@Test
	void finishesUnderTheNameTheClientGave() {
		assertThat(accept("{\"type\":\"RUN_FINISHED\",\"threadId\":\"x\",\"runId\":\"y\",\"result\":{\"n\":1}}"))
			.singleElement()
			.hasToString("{\"type\":\"RUN_FINISHED\",\"threadId\":\"t\",\"runId\":\"r\",\"result\":{\"n\":1}}");
		assertThat(this.script.outcome()).isEqualTo(Outcome.FINISHED);
	}

	@Test
	void tellsTheEndExactlyOnce() {
		assertThat(this.script.fail("A", "a")).hasSize(1);
		assertThat(this.script.fail("B", "b")).isEmpty();
		assertThat(this.script.cancel()).isEmpty();
		assertThat(accept("{\"type\":\"RUN_FINISHED\"}")).isEmpty();
		assertThat(accept("{\"type\":\"CUSTOM\",\"name\":\"late\"}")).isEmpty();
		assertThat(this.script.outcome()).isEqualTo(Outcome.FAILED);
	}

	@Test
	void closesWhatIsOpenWhenCancelledInnermostFirst() {
		accept("{\"type\":\"STEP_STARTED\",\"stepName\":\"look\"}");
		accept("{\"type\":\"TEXT_MESSAGE_START\",\"messageId\":\"m\"}");
		assertThat(types(this.script.cancel())).containsExactly("TEXT_MESSAGE_END", "STEP_FINISHED", "RUN_FINISHED");
		assertThat(this.script.outcome()).isEqualTo(Outcome.CANCELLED);
	}

	@Test
	void closesWhatIsOpenWhenTheUpstreamSaysItWasCancelled() {
		accept("{\"type\":\"TOOL_CALL_START\",\"toolCallId\":\"c\",\"toolCallName\":\"find\"}");
		assertThat(types(accept("{\"type\":\"RUN_FINISHED\",\"outcome\":{\"type\":\"cancelled\"}}")))
			.containsExactly("TOOL_CALL_END", "RUN_FINISHED");
		assertThat(this.script.outcome()).isEqualTo(Outcome.CANCELLED);
	}

	@Test
	void doesNotTakeHalfAMessageForSuccess() {
		accept("{\"type\":\"TEXT_MESSAGE_START\",\"messageId\":\"m\"}");
		assertThat(accept("{\"type\":\"RUN_FINISHED\"}")).singleElement()
			.asString()
			.contains("RUN_ERROR", "AGENT_PROTOCOL");
	}

	@Test
	void doesNotGoOnWithWhatWasNeverBegun() {
		assertThat(accept("{\"type\":\"TEXT_MESSAGE_CONTENT\",\"messageId\":\"m\",\"delta\":\"x\"}")).singleElement()
			.asString()
			.contains("AGENT_PROTOCOL");
	}

	@Test
	void leavesOutWhatVendorsAddAndNulls() {
		assertThat(accept("{\"type\":\"RAW\",\"event\":{\"secret\":1}}")).isEmpty();
		assertThat(accept(
				"{\"type\":\"CUSTOM\",\"name\":\"x\",\"value\":null,\"metadata\":null,\"rawEvent\":{\"secret\":1}}"))
			.singleElement()
			.hasToString("{\"type\":\"CUSTOM\",\"name\":\"x\",\"value\":null}");
	}

	@Test
	void handsOnRawEventsWhereTheyAreAllowed() {
		RunScript open = new RunScript("t", "r", MissingNode.getInstance(), true);
		assertThat(
				open.accept(AgUiEvents.parse("{\"type\":\"RAW\",\"event\":{\"a\":1},\"source\":\"x\"}").orElseThrow()))
			.singleElement()
			.hasToString("{\"type\":\"RAW\",\"event\":{\"a\":1},\"source\":\"x\"}");
	}

	@Test
	void dropsAndCountsTypesThatAreNotKnown() {
		assertThat(accept("{\"type\":\"SOMETHING_NEW\",\"x\":1}")).isEmpty();
		assertThat(accept("{\"type\":\"RUN_FINISHED\"}")).hasSize(1);
		assertThat(accept("{\"type\":\"RUN_ERROR\",\"message\":\"late\"}")).isEmpty();
		assertThat(this.script.dropped()).isEqualTo(2);
		assertThat(this.script.outcome()).isEqualTo(Outcome.FINISHED);
	}

	@Test
	void takesOutUnknownPartsOfAKnownEvent() {
		assertThat(
				accept("""
						{"type":"MESSAGES_SNAPSHOT","messages":[{"id":"1","role":"user","content":[{"type":"text","text":"a","x":1},
						{"type":"smell"},{"type":"image","source":{"type":"telepathy"}}]},{"id":"2","role":"oracle"}]}"""))
			.singleElement()
			.hasToString("{\"type\":\"MESSAGES_SNAPSHOT\",\"messages\":[{\"id\":\"1\",\"role\":\"user\","
					+ "\"content\":[{\"type\":\"text\",\"text\":\"a\"}]}]}");
		assertThat(accept(
				"{\"type\":\"STATE_DELTA\",\"delta\":[{\"op\":\"remove\",\"path\":\"/a\",\"value\":1},{\"op\":\"guess\"}]}"))
			.singleElement()
			.hasToString("{\"type\":\"STATE_DELTA\",\"delta\":[{\"op\":\"remove\",\"path\":\"/a\",\"value\":1}]}");
	}

	@Test
	void saysWhatIsWrongAndNotWhatStandsThere() {
		assertThat(accept("{\"type\":\"TEXT_MESSAGE_START\",\"messageId\":{\"secret\":1}}")).singleElement()
			.asString()
			.contains("AGENT_PROTOCOL", "TEXT_MESSAGE_START.messageId (expected: a text)")
			.doesNotContain("secret");
	}

	@Test
	void writesOutTheShortForm() {
		List<ObjectNode> events = new ArrayList<>();
		for (String chunk : List.of("{\"type\":\"TEXT_MESSAGE_CHUNK\",\"messageId\":\"m\",\"delta\":\"a\"}",
				"{\"type\":\"TEXT_MESSAGE_CHUNK\",\"delta\":\"b\"}",
				"{\"type\":\"TOOL_CALL_CHUNK\",\"toolCallId\":\"c\",\"toolCallName\":\"find\"}",
				"{\"type\":\"TOOL_CALL_CHUNK\",\"delta\":\"{}\"}",
				"{\"type\":\"TEXT_MESSAGE_CHUNK\",\"messageId\":\"s\",\"subagentRunId\":\"sub\",\"delta\":\"c\"}",
				"{\"type\":\"RUN_FINISHED\"}")) {
			events.addAll(accept(chunk));
		}
		assertThat(types(events)).containsExactly("TEXT_MESSAGE_START", "TEXT_MESSAGE_CONTENT", "TEXT_MESSAGE_CONTENT",
				"TEXT_MESSAGE_END", "TOOL_CALL_START", "TOOL_CALL_ARGS", "TEXT_MESSAGE_START", "TEXT_MESSAGE_CONTENT",
				"TOOL_CALL_END", "TEXT_MESSAGE_END", "RUN_FINISHED");
	}

	@Test
	void refusesAChunkThatGoesOnWithNothingInParticular() {
		assertThat(accept("{\"type\":\"TEXT_MESSAGE_CHUNK\",\"delta\":\"a\"}")).singleElement()
			.asString()
			.contains("AGENT_PROTOCOL");
	}

	@Test
	void refusesOneProducersWordsInAnothersMessage() {
		accept("{\"type\":\"TEXT_MESSAGE_START\",\"messageId\":\"m\",\"subagentRunId\":\"a\"}");
		assertThat(accept("{\"type\":\"TEXT_MESSAGE_CONTENT\",\"messageId\":\"m\",\"delta\":\"x\"}")).hasSize(1);
		assertThat(accept(
				"{\"type\":\"TEXT_MESSAGE_CONTENT\",\"messageId\":\"m\",\"delta\":\"x\",\"subagentRunId\":\"b\"}"))
			.singleElement()
			.asString()
			.contains("AGENT_PROTOCOL");
	}

	@Test
	void goesOnWithAnActivityWhoseOwnerIsLeftOutAndNotWithAnothers() {
		accept("{\"type\":\"ACTIVITY_SNAPSHOT\",\"messageId\":\"a\",\"activityType\":\"plan\",\"content\":{},\"subagentRunId\":\"s\"}");
		String delta = "{\"type\":\"ACTIVITY_DELTA\",\"messageId\":\"a\",\"activityType\":\"plan\",\"patch\":[]%s}";
		assertThat(types(accept(delta.formatted("")))).containsExactly("ACTIVITY_DELTA");
		assertThat(types(accept(delta.formatted(",\"subagentRunId\":\"s\"")))).containsExactly("ACTIVITY_DELTA");
		assertThat(types(accept(delta.formatted(",\"subagentRunId\":\"x\"")))).containsExactly("RUN_ERROR");
	}

	@Test
	void knowsWhoseMessagesOfASnapshotAre() {
		accept("{\"type\":\"MESSAGES_SNAPSHOT\",\"messages\":[{\"id\":\"m\",\"role\":\"assistant\",\"content\":\"x\"}]}");
		assertThat(types(accept("{\"type\":\"TEXT_MESSAGE_START\",\"messageId\":\"m\",\"subagentRunId\":\"s\"}")))
			.containsExactly("RUN_ERROR");
	}

	@Test
	void doesNotCallAStoppedSubagentSuccessful() {
		accept("{\"type\":\"SUBAGENT_STARTED\",\"subagentRunId\":\"s\",\"name\":\"helper\"}");
		assertThat(this.script.cancel()).extracting(AgUiEvents::type).containsExactly("SUBAGENT_ERROR", "RUN_FINISHED");
	}

	@Test
	void endsAnInterruptedRunWithWhatItWaitsFor() {
		assertThat(
				accept("""
						{"type":"RUN_FINISHED","outcome":{"type":"interrupt","interrupts":[{"id":"i","reason":"tool_call"}]}}"""))
			.singleElement()
			.asString()
			.contains("\"outcome\":{\"type\":\"interrupt\",\"interrupts\":[{\"id\":\"i\",\"reason\":\"tool_call\"}]}");
		assertThat(this.script.outcome()).isEqualTo(Outcome.FINISHED);
	}

	@Test
	void doesNotWaitForNothing() {
		assertThat(accept("{\"type\":\"RUN_FINISHED\",\"outcome\":{\"type\":\"interrupt\",\"interrupts\":[]}}"))
			.singleElement()
			.asString()
			.contains("AGENT_PROTOCOL");
	}

	@Test
	void speaksOfThinkingInTodaysWords() {
		assertThat(accept("{\"type\":\"THINKING_START\"}")).singleElement()
			.hasToString("{\"type\":\"REASONING_START\",\"messageId\":\"r-thinking-1\"}");
		assertThat(accept("{\"type\":\"THINKING_TEXT_MESSAGE_START\"}")).singleElement()
			.hasToString("{\"type\":\"REASONING_MESSAGE_START\",\"messageId\":\"r-thought-1\",\"role\":\"reasoning\"}");
	}

	@Test
	void tellsWhatARunHasCostAlsoWhenItBreaks() {
		accept("{\"type\":\"CUSTOM\",\"name\":\"pergola.usage\",\"value\":[{\"model\":\"m\",\"inputTokens\":5,\"outputTokens\":1}]}");
		assertThat(accept(
				"{\"type\":\"CUSTOM\",\"name\":\"pergola.usage\",\"value\":[{\"model\":\"m\",\"inputTokens\":5,\"outputTokens\":2}]}"))
			.isEmpty();
		assertThat(this.script.fail("A", "a")).singleElement()
			.asString()
			.endsWith("\"usage\":[{\"model\":\"m\",\"inputTokens\":5,\"outputTokens\":2,\"totalTokens\":7}]}");
	}

	@Test
	void takesCostsAsTheBridgeTellsThem() {
		assertThat(accept(
				"{\"type\":\"CUSTOM\",\"name\":\"pergola.usage\",\"value\":{\"inputTokens\":5,\"outputTokens\":2}}"))
			.isEmpty();
		assertThat(accept("{\"type\":\"CUSTOM\",\"name\":\"pergola.usage\",\"value\":\"many\"}"))
			.as("told wrongly, it is not told")
			.isEmpty();
		assertThat(accept("{\"type\":\"RUN_FINISHED\"}")).singleElement()
			.asString()
			.contains("\"usage\":[{\"inputTokens\":5,\"outputTokens\":2,\"totalTokens\":7}]");
	}

	@Test
	void addsTotalsUpItself() {
		assertThat(accept(
				"{\"type\":\"RUN_FINISHED\",\"usage\":[{\"inputTokens\":5,\"outputTokens\":2,\"totalTokens\":99,\"secret\":1}]}"))
			.singleElement()
			.asString()
			.contains("\"usage\":[{\"inputTokens\":5,\"outputTokens\":2,\"totalTokens\":7}]");
	}

	@Test
	void readsOnlyEvents() {
		assertThat(AgUiEvents.parse("[]")).isEmpty();
		assertThat(AgUiEvents.parse("{\"type\":1}")).isEmpty();
		assertThat(AgUiEvents.parse("{oops")).isEmpty();
	}

	private List<ObjectNode> accept(String json) {
		return this.script.accept(AgUiEvents.parse(json).orElseThrow());
	}

	private static List<String> types(List<ObjectNode> events) {
		return events.stream().map(AgUiEvents::type).toList();
	}

}
