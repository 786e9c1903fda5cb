package dev.pergola.bridge.driver.ndjson;

import dev.pergola.bridge.driver.Dialogue;
import dev.pergola.bridge.driver.FakeProgram;
import dev.pergola.bridge.driver.Inputs;
import dev.pergola.bridge.driver.Told;
import dev.pergola.bridge.driver.TurnEnd;
import dev.pergola.bridge.runner.LineMapping;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@Timeout(20)
class NdjsonDialogueTests {

	private final FakeProgram program = new FakeProgram();

	private final Told told = new Told();

	@Test
	void tellsTheShortForms() throws Exception {
		TurnEnd end = says("{\"delta\":\"Looking \"}", "{\"delta\":\"around.\"}",
				"{\"tool\":{\"id\":\"c\",\"name\":\"search\",\"arguments\":{\"q\":\"x\"}}}",
				"{\"toolResult\":{\"id\":\"c\",\"content\":[1,2]}}",
				"{\"usage\":{\"inputTokens\":3,\"outputTokens\":1}}", "{\"delta\":\"Found.\"}",
				"{\"usage\":{\"inputTokens\":7,\"outputTokens\":3}}", "{\"result\":\"not told again\"}");
		assertThat(this.told.isInOrder().types()).containsExactly("TEXT_MESSAGE_START", "TEXT_MESSAGE_CONTENT",
				"TEXT_MESSAGE_CONTENT", "TEXT_MESSAGE_END", "TOOL_CALL_START", "TOOL_CALL_ARGS", "TOOL_CALL_END",
				"TOOL_CALL_RESULT", "TEXT_MESSAGE_START", "TEXT_MESSAGE_CONTENT", "TEXT_MESSAGE_END");
		assertThat(this.told.text()).isEqualTo("Looking around.Found.");
		assertThat(this.told.arguments("c")).isEqualTo("{\"q\":\"x\"}");
		assertThat(this.told.spent()).isEqualTo(10);
		assertThat(((TurnEnd.Finished) end).usage()).asString()
			.contains("\"inputTokens\":7", "\"outputTokens\":3", "\"totalTokens\":10");
	}

	@Test
	void theResultIsToldWhereNothingElseWas() throws Exception {
		assertThat(says("{\"result\":\"all at once\"}")).isInstanceOf(TurnEnd.Finished.class);
		assertThat(this.told.isInOrder().text()).isEqualTo("all at once");
	}

	@Test
	@Tag("CLI-11")
	void whatAProgramSaidThatDidNotReadTheQuestionCounts() throws Exception {
		this.program.says("{\"delta\":\"Hi\"}", "{\"result\":\"\"}");
		this.program.isGone();
		TurnEnd end = new NdjsonDriver(null).open(this.program).turn(Inputs.saying("x"), this.told);
		assertThat(end).isInstanceOf(TurnEnd.Finished.class);
		assertThat(this.told.text()).isEqualTo("Hi");
	}

	@Test
	void wholeTextsAreMessagesOfTheirOwn() throws Exception {
		says("{\"text\":\"one\"}", "{\"text\":\"two\"}", "{\"delta\":\"th\"}", "{\"delta\":\"ree\"}",
				"{\"result\":\"\"}");
		assertThat(this.told.isInOrder().of("TEXT_MESSAGE_START")).hasSize(3);
		assertThat(this.told.of("TEXT_MESSAGE_START")).extracting((event) -> event.path("messageId").asString())
			.doesNotHaveDuplicates();
	}

	@Test
	void anErrorIsAFailureInTheProgramsWords() throws Exception {
		assertThat(says("{\"error\":{\"code\":\"NO_DATA\",\"message\":\"Nothing is known about Acme.\"}}"))
			.isEqualTo(new TurnEnd.Failed("NO_DATA", "Nothing is known about Acme.", null));
		assertThat(says("{\"error\":{\"code\":\"<b>\"}}"))
			.isEqualTo(new TurnEnd.Failed("AGENT_ERROR", "The agent failed.", null));
	}

	@Test
	void passesEventsOnAndMendsTheirOrder() throws Exception {
		TurnEnd end = says("{\"type\":\"RUN_STARTED\",\"threadId\":\"t\",\"runId\":\"other\"}",
				"{\"type\":\"TEXT_MESSAGE_CONTENT\",\"messageId\":\"m\",\"delta\":\"never opened, \"}",
				"{\"type\":\"TEXT_MESSAGE_CONTENT\",\"messageId\":\"m\",\"delta\":\"never closed\"}",
				"{\"type\":\"TEXT_MESSAGE_END\",\"messageId\":\"of nobody\"}",
				"{\"type\":\"STATE_SNAPSHOT\",\"snapshot\":{\"a\":1}}", "{\"type\":\"STATE_SNAPSHOT\"}",
				"{\"type\":\"TOOL_CALL_START\",\"toolCallId\":\"c\",\"toolCallName\":\"n\"}",
				"{\"type\":\"SUBAGENT_STARTED\",\"subagentRunId\":\"s\",\"name\":\"scout\"}",
				"{\"type\":\"REASONING_MESSAGE_CONTENT\",\"messageId\":\"r\",\"delta\":\"hm\",\"subagentRunId\":\"s\"}",
				"{\"type\":\"OF_TOMORROW\"}", "{\"type\":\"CUSTOM\",\"name\":\"x\",\"value\":null}",
				"{\"type\":\"RUN_FINISHED\",\"usage\":[{\"inputTokens\":1},{\"inputTokens\":2}]}");
		assertThat(this.told.isInOrder().text()).isEqualTo("never opened, never closed");
		assertThat(this.told.types()).contains("STATE_SNAPSHOT", "TOOL_CALL_END", "SUBAGENT_FINISHED", "CUSTOM")
			.doesNotContain("RUN_STARTED", "RUN_FINISHED", "OF_TOMORROW");
		assertThat(this.told.of("STATE_SNAPSHOT")).hasSize(1);
		assertThat(((TurnEnd.Finished) end).usage()).asString().contains("\"inputTokens\":3");
	}

	@Test
	void leavesOutWhatItsReadersWouldNotTake() throws Exception {
		says("{\"type\":\"STATE_DELTA\",\"delta\":1}",
				"{\"type\":\"STATE_DELTA\",\"delta\":[{\"op\":\"x\",\"path\":\"/a\"}]}",
				"{\"type\":\"MESSAGES_SNAPSHOT\",\"messages\":[{\"role\":\"user\"}]}",
				"{\"type\":\"ACTIVITY_SNAPSHOT\",\"messageId\":\"m\",\"activityType\":\"plan\",\"content\":\"none\"}",
				"{\"type\":\"ACTIVITY_DELTA\",\"messageId\":\"m\",\"activityType\":1,\"patch\":[]}",
				"{\"type\":\"CUSTOM\",\"name\":{},\"value\":1}",
				"{\"type\":\"STATE_SNAPSHOT\",\"snapshot\":\"" + "x".repeat(800_000) + "\"}",
				"{\"type\":\"STATE_DELTA\",\"delta\":[{\"op\":\"add\",\"path\":\"/a\",\"value\":1}]}",
				"{\"result\":\"\"}");
		assertThat(this.told.types()).containsExactly("CUSTOM", "STATE_DELTA");
		assertThat(this.told.of("CUSTOM").getFirst().at("/value/type").asString()).isEqualTo("STATE_SNAPSHOT");
	}

	@Test
	void aProgramMayAskAndGetsTheAnswerAsItsNextLine() throws Exception {
		Dialogue dialogue = new NdjsonDriver(null).open(this.program);
		this.program.says("""
				{"type":"RUN_FINISHED","outcome":{"type":"interrupt","interrupts":[{"id":"i","reason":"input"}]}}""");
		assertThat(dialogue.turn(Inputs.saying("x"), this.told)).isInstanceOfSatisfying(TurnEnd.Waiting.class,
				(waiting) -> assertThat(waiting.interrupts()).hasSize(1));
		assertThat(dialogue.canGoOn()).isTrue();
		assertThat(this.program.isInputClosed()).isFalse();
		this.program.says("{\"result\":\"thanks\"}");
		assertThat(dialogue.turn(Inputs.answering("i", "42"), new Told())).isInstanceOf(TurnEnd.Finished.class);
		assertThat(this.program.heard().getLast().path("resume").get(0).path("payload").asInt()).isEqualTo(42);
		assertThat(dialogue.canGoOn()).isFalse();
	}

	@Test
	@Tag("CLI-9")
	void noiseIsSkippedAndAnOutputWithoutAnEndSaysNothing() throws Exception {
		assertThat(says("npm WARN deprecated", "{\"unknown\":1}", "{\"delta\":\"half\"}"))
			.isInstanceOf(TurnEnd.OutputEnded.class);
		assertThat(this.told.isInOrder().text()).isEqualTo("half");
	}

	@Test
	void aMappingReadsLinesOfAnotherMake() throws Exception {
		LineMapping mapping = new LineMapping("/choices/0/delta/content", "/finished", "/failure/why");
		Dialogue dialogue = new NdjsonDriver(mapping).open(this.program);
		this.program.says("{\"choices\":[{\"delta\":{\"content\":\"He\"}}],\"finished\":false}",
				"{\"choices\":[{\"delta\":{\"content\":\"llo\"}}]}", "{\"finished\":true}");
		assertThat(dialogue.turn(Inputs.saying("x"), this.told)).isInstanceOf(TurnEnd.Finished.class);
		assertThat(this.told.isInOrder().text()).isEqualTo("Hello");
		this.program.says("{\"failure\":{\"why\":\"No more data.\"}}");
		assertThat(dialogue.turn(Inputs.saying("x"), this.told))
			.isEqualTo(new TurnEnd.Failed("AGENT_ERROR", "No more data.", null));
	}

	@Test
	void aMappingThatIsNoPointerStopsTheStart() {
		assertThatIllegalArgumentException().isThrownBy(() -> new LineMapping("text", null, null));
	}

	private TurnEnd says(String... lines) throws Exception {
		FakeProgram once = new FakeProgram();
		once.says(lines);
		once.ends();
		return new NdjsonDriver(null).open(once).turn(Inputs.saying("x"), this.told);
	}

}
