package dev.pergola.bridge.driver.claude;

import java.time.Duration;

import dev.pergola.bridge.agui.RunInput;
import dev.pergola.bridge.driver.Decision;
import dev.pergola.bridge.driver.Dialogue;
import dev.pergola.bridge.driver.FakeProgram;
import dev.pergola.bridge.driver.Inputs;
import dev.pergola.bridge.driver.Told;
import dev.pergola.bridge.driver.TurnEnd;
import dev.pergola.bridge.driver.Verdict;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** What the real binary said, told as AG-UI. */
@Timeout(20)
class ClaudeTranscriptTests {

	private static final ClaudeDriver DRIVER = new ClaudeDriver(Duration.ofMinutes(10), Duration.ofSeconds(30));

	private final Told told = new Told();

	@Test
	void tellsThoughtsAndTextPieceByPiece() throws Exception {
		TurnEnd end = open(Transcript.of("text")).turn(Inputs.saying("please"), this.told);
		assertThat(this.told.isInOrder().types()).containsExactly("REASONING_START", "REASONING_MESSAGE_START",
				"REASONING_MESSAGE_CONTENT", "REASONING_MESSAGE_CONTENT", "REASONING_MESSAGE_END", "REASONING_END",
				"TEXT_MESSAGE_START", "TEXT_MESSAGE_CONTENT", "TEXT_MESSAGE_CONTENT", "TEXT_MESSAGE_END");
		assertThat(this.told.reasoning()).isEqualTo("Let me see.");
		assertThat(this.told.text()).isEqualTo("Hello, wörld 😀.");
		assertThat(this.told.of("TEXT_MESSAGE_START").getFirst().path("messageId").asString()).isEqualTo("msg_1:1");
		assertThat(this.told.spent()).as("told while it runs, for budgets").isEqualTo(22);
		assertThat(end).isInstanceOfSatisfying(TurnEnd.Finished.class,
				(finished) -> assertThat(finished.usage()).hasToString("""
						{"provider":"anthropic","model":"claude-sonnet-4-5","inputTokens":15,"outputTokens":7,\
						"totalTokens":22,"reasoningTokens":0,"cachedInputTokens":3,"cacheWriteInputTokens":2}"""));
	}

	@Test
	@Tag("CLI-27")
	void aToolWaitsForAPersonAndGoesOnInTheNextRun() throws Exception {
		FakeProgram program = Transcript.of("tool-allowed");
		Dialogue dialogue = open(program);
		TurnEnd first = dialogue.turn(Inputs.saying("please"), this.told);
		assertThat(this.told.isInOrder().types()).containsExactly("TEXT_MESSAGE_START", "TEXT_MESSAGE_CONTENT",
				"TEXT_MESSAGE_END", "TOOL_CALL_START", "TOOL_CALL_ARGS", "TOOL_CALL_ARGS", "TOOL_CALL_END");
		ObjectNode interrupt = ((TurnEnd.Waiting) first).interrupts().getFirst();
		assertThat(interrupt.path("reason").asString()).isEqualTo("tool_call");
		assertThat(interrupt.path("message").asString()).isEqualTo("The agent wants to use Bash: Make a file");
		assertThat(interrupt.path("toolCallId").asString()).isEqualTo("toolu_1");
		assertThat(interrupt.path("metadata").path("arguments").path("command").asString())
			.isEqualTo("echo hi > made.txt");
		assertThat(interrupt.path("responseSchema").path("properties").path("decision").path("enum"))
			.hasToString("[\"refuse\",\"once\",\"always\"]");
		assertThat(interrupt.has("expiresAt")).isTrue();
		assertThat(dialogue.canGoOn()).isTrue();
		assertThat(((TurnEnd.Waiting) first).usage()).asString().contains("\"inputTokens\":15", "\"outputTokens\":7");

		Told second = new Told();
		String id = interrupt.path("id").asString();
		TurnEnd end = dialogue.turn(Inputs.answering(id, "{\"decision\": \"once\"}"), second);
		ObjectNode answer = program.heard().getLast();
		assertThat(answer).hasToString("""
				{"type":"control_response","response":{"subtype":"success","request_id":"%s","response":{\
				"behavior":"allow","updatedInput":{"command":"echo hi > made.txt","description":"Make a file"}}}}"""
			.formatted(id));
		assertThat(second.isInOrder().types()).containsExactly("TOOL_CALL_RESULT", "TEXT_MESSAGE_START",
				"TEXT_MESSAGE_CONTENT", "TEXT_MESSAGE_END");
		assertThat(second.decisions()).singleElement()
			.satisfies((decision) -> assertThat(decision.verdict()).isEqualTo(Verdict.ONCE))
			.extracting(Decision::argumentsHash)
			.asString()
			.hasSize(64);
		assertThat(((TurnEnd.Finished) end).usage()).asString()
			.as("the first run told its own part")
			.contains("\"inputTokens\":15", "\"outputTokens\":7");
	}

	@Test
	@Tag("CLI-27")
	void anAbandonedQuestionIsARefusal() throws Exception {
		FakeProgram program = Transcript.of("tool-refused");
		Dialogue dialogue = open(program);
		TurnEnd.Waiting first = (TurnEnd.Waiting) dialogue.turn(Inputs.saying("please"), this.told);
		Told second = new Told();
		dialogue.turn(Inputs.abandoning(first.interrupts().getFirst().path("id").asString()), second);
		assertThat(program.heard().getLast().path("response").path("response").path("behavior").asString())
			.isEqualTo("deny");
		assertThat(second.isInOrder().of("TOOL_CALL_RESULT").getFirst().path("metadata").path("failed").asBoolean())
			.isTrue();
		assertThat(second.decisions()).extracting(Decision::verdict, Decision::reason)
			.containsExactly(tuple(Verdict.REFUSE, "abandoned"));
	}

	@Test
	void twoToolsOfOneMessageAreBothToldBeforeAnyoneIsAsked() throws Exception {
		Dialogue dialogue = open(Transcript.of("two-tools"));
		TurnEnd.Waiting first = (TurnEnd.Waiting) dialogue.turn(Inputs.saying("please"), this.told);
		assertThat(this.told.isInOrder().of("TOOL_CALL_START")).hasSize(2);
		assertThat(this.told.arguments("toolu_2")).isEqualTo("{\"command\":\"touch b\"}");
		Told second = new Told();
		TurnEnd.Waiting again = (TurnEnd.Waiting) dialogue.turn(allow(first), second);
		assertThat(second.isInOrder().types()).containsExactly("TOOL_CALL_RESULT");
		Told third = new Told();
		assertThat(dialogue.turn(allow(again), third)).isInstanceOf(TurnEnd.Finished.class);
		assertThat(third.isInOrder().text()).isEqualTo("Both.");
	}

	@Test
	@Tag("CLI-12")
	void aRunEndsAfterTheTurnThatASubagentInTheBackgroundStarts() throws Exception {
		FakeProgram program = Transcript.of("subagent");
		TurnEnd end = open(program).turn(Inputs.saying("please"), this.told);
		assertThat(end).isInstanceOf(TurnEnd.Finished.class);
		assertThat(this.told.isInOrder().text()).isEqualTo("sub says hiAll done.All done.");
		assertThat(this.told.of("SUBAGENT_STARTED").getFirst())
			.hasToString("{\"type\":\"SUBAGENT_STARTED\",\"subagentRunId\":\"toolu_sub\",\"name\":\"general-purpose\","
					+ "\"description\":\"look\",\"parentToolCallId\":\"toolu_sub\"}");
		assertThat(this.told.of("TEXT_MESSAGE_CONTENT").getFirst().path("subagentRunId").asString())
			.isEqualTo("toolu_sub");
		assertThat(this.told.of("SUBAGENT_FINISHED")).hasSize(1);
		assertThat(((TurnEnd.Finished) end).usage()).asString().contains("\"inputTokens\":60", "\"outputTokens\":28");
		assertThat(program.isInputClosed()).isFalse();
	}

	@Test
	@Tag("CLI-20")
	void anInterruptedTurnIsStopped() throws Exception {
		Dialogue dialogue = open(Transcript.of("interrupted"));
		assertThat(dialogue.turn(Inputs.saying("please"), this.told)).isInstanceOfSatisfying(TurnEnd.Stopped.class,
				(end) -> assertThat(end.reason()).isEqualTo("interrupted"));
		assertThat(this.told.isInOrder().text()).isEqualTo("abc");
	}

	@Test
	@Tag("CLI-20")
	void aRefusalOfTheModelIsAFailureThoughItIsCalledSuccess() throws Exception {
		TurnEnd end = open(Transcript.of("refused-by-api")).turn(Inputs.saying("please"), this.told);
		assertThat(end).isInstanceOfSatisfying(TurnEnd.Failed.class,
				(failed) -> assertThat(failed.code()).isEqualTo("api_400"));
		assertThat(this.told.events()).as("what the API said is for operators").isEmpty();
	}

	@Test
	void saysThatTheModelIsAskedAgain() throws Exception {
		TurnEnd end = open(Transcript.of("retried")).turn(Inputs.saying("please"), this.told);
		assertThat(this.told.of("CUSTOM").getFirst().path("value"))
			.hasToString("{\"attempt\":1,\"maxAttempts\":1,\"delayMillis\":613,\"status\":529}");
		assertThat(end).isInstanceOfSatisfying(TurnEnd.Failed.class,
				(failed) -> assertThat(failed.code()).isEqualTo("api_529"));
	}

	private static RunInput allow(TurnEnd.Waiting waiting) {
		return Inputs.answering(waiting.interrupts().getFirst().path("id").asString(), "{\"decision\": \"once\"}");
	}

	private static Dialogue open(FakeProgram program) throws Exception {
		Dialogue dialogue = DRIVER.open(program);
		dialogue.handshake();
		return dialogue;
	}

}
