package dev.pergola.bridge.driver.acp;

import java.time.Duration;

import dev.pergola.bridge.driver.Decision;
import dev.pergola.bridge.driver.Dialogue;
import dev.pergola.bridge.driver.DialogueException;
import dev.pergola.bridge.driver.FakeProgram;
import dev.pergola.bridge.driver.Inputs;
import dev.pergola.bridge.driver.Told;
import dev.pergola.bridge.driver.TurnEnd;
import dev.pergola.bridge.driver.Verdict;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

@Timeout(20)
class AcpDialogueTests {

	private static final String ASKS = """
			{"jsonrpc":"2.0","id":%s,"method":"session/request_permission","params":{"sessionId":"s","toolCall":\
			{"toolCallId":"c","title":"Change it","kind":"edit","rawInput":{"path":"a"}},"options":[\
			{"optionId":"y","kind":"allow_once","name":"Yes"},{"optionId":"n","kind":"reject_once","name":"No"}]}}""";

	private final FakeProgram program = new FakeProgram();

	private final Told told = new Told();

	@ParameterizedTest
	@ValueSource(ints = { 1, 2 })
	void speaksTheVersionTheProgramChooses(int version) throws Exception {
		Dialogue dialogue = ready(version);
		ObjectNode initialize = this.program.heard().getFirst();
		assertThat(initialize.path("params").path("protocolVersion").asInt()).isEqualTo(2);
		assertThat(initialize.path("params").path("clientCapabilities").path("fs").path("readTextFile").asBoolean())
			.as("version 1 lends no files")
			.isFalse();
		assertThat(this.program.heard().get(1).path("params")).hasToString("""
				{"cwd":"/home/agent/work","mcpServers":[]}""");
		this.program.answers((heard) -> answerPrompt(version, heard, "end_turn", update(
				"\"sessionUpdate\":\"agent_message_chunk\",\"messageId\":\"m\",\"content\":{\"type\":\"text\",\"text\":\"Hi\"}")));
		assertThat(dialogue.turn(Inputs.saying("--help"), this.told)).isInstanceOf(TurnEnd.Finished.class);
		assertThat(this.told.isInOrder().text()).isEqualTo("Hi");
		assertThat(this.program.heard().getLast().path("params").path("prompt")).hasToString("""
				[{"type":"text","text":"--help"}]""");
		assertThat(dialogue.canGoOn()).isTrue();
	}

	@Test
	@Tag("CLI-13")
	void aRequestItsTurnDidNotWaitForIsNotAskedInTheNext() throws Exception {
		Dialogue dialogue = ready(1);
		this.program.answers((heard) -> answerPrompt(1, heard, "end_turn", ASKS.formatted("7")));
		assertThat(dialogue.turn(Inputs.saying("x"), this.told)).isInstanceOf(TurnEnd.Finished.class);
		this.program.answers((heard) -> {
			if (heard.path("method").asString("").equals("session/prompt")) {
				this.program.says(ASKS.formatted("8"));
			}
		});
		TurnEnd.Waiting waiting = (TurnEnd.Waiting) dialogue.turn(Inputs.saying("y"), this.told);
		assertThat(waiting.interrupts()).hasSize(1);
	}

	@ParameterizedTest
	@CsvSource({ "1,end_turn,Finished", "2,end_turn,Finished", "1,cancelled,interrupted", "2,cancelled,interrupted",
			"1,max_tokens,max-tokens", "1,max_turn_requests,max-turns", "2,refusal,AGENT_REFUSED",
			"2,error,AGENT_ERROR", "1,of_tomorrow,AGENT_ERROR" })
	@Tag("CLI-20")
	void theReasonToStopSaysHowTheTurnEnded(int version, String reason, String expected) throws Exception {
		Dialogue dialogue = ready(version);
		this.program.answers((heard) -> answerPrompt(version, heard, reason));
		assertThat(switch (dialogue.turn(Inputs.saying("x"), this.told)) {
			case TurnEnd.Failed failed -> failed.code();
			case TurnEnd.Stopped stopped -> stopped.reason();
			case TurnEnd other -> other.getClass().getSimpleName();
		}).isEqualTo(expected);
	}

	@Test
	void tellsThoughtsMessagesToolsAndPlans() throws Exception {
		Dialogue dialogue = ready(1);
		this.program.answers((heard) -> answerPrompt(1, heard, "end_turn",
				update("\"sessionUpdate\":\"agent_thought_chunk\",\"content\":{\"type\":\"text\",\"text\":\"Hm\"}"),
				update("\"sessionUpdate\":\"agent_message_chunk\",\"content\":{\"type\":\"text\",\"text\":\"I \"}"),
				update("\"sessionUpdate\":\"agent_message_chunk\",\"content\":{\"type\":\"text\",\"text\":\"look.\"}"),
				update("\"sessionUpdate\":\"plan\",\"entries\":[{\"content\":\"Look\",\"status\":\"pending\"}]"),
				update("\"sessionUpdate\":\"tool_call\",\"toolCallId\":\"c\",\"title\":\"Read\",\"status\":\"pending\""),
				update("\"sessionUpdate\":\"tool_call_update\",\"toolCallId\":\"c\",\"rawInput\":{\"p\":1}"),
				update("\"sessionUpdate\":\"tool_call_update\",\"toolCallId\":\"c\",\"status\":\"in_progress\""),
				update("\"sessionUpdate\":\"tool_call_update\",\"toolCallId\":\"c\",\"status\":\"completed\",\"content\":[{\"type\":\"content\",\"content\":{\"type\":\"text\",\"text\":\"file\"}}]"),
				update("\"sessionUpdate\":\"tool_call_update\",\"toolCallId\":\"c\",\"status\":\"completed\""),
				update("\"sessionUpdate\":\"of_tomorrow\""),
				update("\"sessionUpdate\":\"agent_message_chunk\",\"content\":{\"type\":\"text\",\"text\":\"Done.\"}")));
		dialogue.turn(Inputs.saying("x"), this.told);
		assertThat(this.told.isInOrder().types()).containsExactly("REASONING_START", "REASONING_MESSAGE_START",
				"REASONING_MESSAGE_CONTENT", "REASONING_MESSAGE_END", "REASONING_END", "TEXT_MESSAGE_START",
				"TEXT_MESSAGE_CONTENT", "TEXT_MESSAGE_CONTENT", "CUSTOM", "TEXT_MESSAGE_END", "TOOL_CALL_START",
				"TOOL_CALL_ARGS", "TOOL_CALL_END", "TOOL_CALL_RESULT", "TEXT_MESSAGE_START", "TEXT_MESSAGE_CONTENT",
				"TEXT_MESSAGE_END");
		assertThat(this.told.of("TOOL_CALL_RESULT").getFirst().path("content").asString()).isEqualTo("file");
	}

	@Test
	void wholeMessagesOfVersion2RepairWhatWasMissed() throws Exception {
		Dialogue dialogue = ready(2);
		this.program.answers((heard) -> answerPrompt(2, heard, "end_turn", update(
				"\"sessionUpdate\":\"agent_message_chunk\",\"messageId\":\"m\",\"content\":{\"type\":\"text\",\"text\":\"Hel\"}"),
				update("\"sessionUpdate\":\"agent_message\",\"messageId\":\"m\",\"content\":[{\"type\":\"text\",\"text\":\"Hello\"}]"),
				update("\"sessionUpdate\":\"agent_message\",\"messageId\":\"m\",\"content\":[{\"type\":\"text\",\"text\":\"other\"}]")));
		dialogue.turn(Inputs.saying("x"), this.told);
		assertThat(this.told.isInOrder().text()).isEqualTo("Hello");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			value = { "{\"decision\":\"once\"} | {\"outcome\":\"selected\",\"optionId\":\"y\"} | ONCE",
					"{\"decision\":\"always\"} | {\"outcome\":\"selected\",\"optionId\":\"y\"} | ONCE",
					"{\"decision\":\"refuse\"} | {\"outcome\":\"selected\",\"optionId\":\"n\"} | REFUSE",
					"{} | {\"outcome\":\"selected\",\"optionId\":\"n\"} | REFUSE" })
	@Tag("CLI-27")
	void aToolWaitsForAPersonAndGoesOnInTheNextRun(String payload, String outcome, Verdict verdict) throws Exception {
		Dialogue dialogue = ready(1);
		this.program.says(ASKS.formatted("\"abc\""));
		TurnEnd.Waiting waiting = (TurnEnd.Waiting) dialogue.turn(Inputs.saying("x"), this.told);
		assertThat(this.told.isInOrder().arguments("c")).isEqualTo("{\"path\":\"a\"}");
		ObjectNode interrupt = waiting.interrupts().getFirst();
		assertThat(interrupt.path("message").asString()).isEqualTo("The agent asks for leave: Change it");
		assertThat(interrupt.path("toolCallId").asString()).isEqualTo("c");
		String promptId = this.program.heard().getLast().path("id").toString();
		Told second = new Told();
		this.program.answers((heard) -> this.program.says(update(
				"\"sessionUpdate\":\"tool_call_update\",\"toolCallId\":\"c\",\"status\":\"completed\",\"rawOutput\":{\"ok\":true}"),
				"{\"jsonrpc\":\"2.0\",\"id\":%s,\"result\":{\"stopReason\":\"end_turn\"}}".formatted(promptId)));
		assertThat(dialogue.turn(Inputs.answering(interrupt.path("id").asString(), payload), second))
			.isInstanceOf(TurnEnd.Finished.class);
		assertThat(this.program.heard().getLast())
			.hasToString("{\"jsonrpc\":\"2.0\",\"id\":\"abc\",\"result\":{\"outcome\":%s}}".formatted(outcome));
		assertThat(second.isInOrder().types()).containsExactly("TOOL_CALL_RESULT");
		assertThat(second.decisions()).extracting(Decision::verdict).containsExactly(verdict);
	}

	@Test
	@Tag("CLI-27")
	void interruptingRefusesWhatIsOpenAndCancelsTheTurn() throws Exception {
		Dialogue dialogue = ready(1);
		this.program.says(ASKS.formatted("7"));
		dialogue.turn(Inputs.saying("x"), this.told);
		dialogue.interrupt();
		assertThat(this.program.heard()).extracting(ObjectNode::toString)
			.contains("{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{\"outcome\":{\"outcome\":\"cancelled\"}}}",
					"{\"jsonrpc\":\"2.0\",\"method\":\"session/cancel\",\"params\":{\"sessionId\":\"s\"}}");
		assertThat(this.told.decisions()).extracting(Decision::verdict, Decision::reason)
			.containsExactly(tuple(Verdict.REFUSE, "cancelled"));
	}

	@Test
	@Tag("CLI-27")
	void filesAndTerminalsAreNotLent() throws Exception {
		Dialogue dialogue = ready(1);
		this.program.answers((heard) -> {
			if (heard.has("error")) {
				return;
			}
			this.program.says(
					"{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"fs/read_text_file\",\"params\":{\"path\":\"/etc/passwd\"}}");
			answerPrompt(1, heard, "end_turn");
		});
		dialogue.turn(Inputs.saying("x"), this.told);
		assertThat(this.program.heard().getLast())
			.hasToString("{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32601,\"message\":\"not supported\"}}");
	}

	@Test
	void usageOfVersion1AddsUpOverASession() throws Exception {
		Dialogue dialogue = ready(1);
		String usage = "\"usage\":{\"totalTokens\":%d,\"inputTokens\":%d,\"outputTokens\":%d,\"cachedReadTokens\":%d}";
		answerWith(usage.formatted(18, 10, 5, 3));
		assertThat(((TurnEnd.Finished) dialogue.turn(Inputs.saying("x"), this.told)).usage()).asString()
			.contains("\"inputTokens\":13", "\"outputTokens\":5", "\"totalTokens\":18", "\"cachedInputTokens\":3");
		answerWith(usage.formatted(30, 15, 9, 6));
		assertThat(((TurnEnd.Finished) dialogue.turn(Inputs.saying("x"), this.told)).usage()).asString()
			.contains("\"inputTokens\":8", "\"outputTokens\":4", "\"totalTokens\":12", "\"cachedInputTokens\":3");
	}

	@Test
	@Tag("CLI-13")
	void anErrorInsteadOfAnAnswerIsAFailure() throws Exception {
		Dialogue dialogue = ready(1);
		this.program.answers((heard) -> this.program.says("{\"jsonrpc\":\"2.0\",\"id\":999,\"result\":{}}",
				"{\"jsonrpc\":\"2.0\",\"id\":%s,\"error\":{\"code\":-32603,\"message\":\"secret\"}}"
					.formatted(heard.path("id"))));
		assertThat(dialogue.turn(Inputs.saying("x"), this.told)).isInstanceOfSatisfying(TurnEnd.Failed.class,
				(failed) -> assertThat(failed.message()).doesNotContain("secret"));
	}

	@ParameterizedTest
	@CsvSource({ "-32000,AGENT_SETUP", "-32603,AGENT_PROTOCOL" })
	@Tag("CLI-13")
	void aProgramThatRefusesToBeginEndsTheHandshake(int error, String code) {
		this.program.answers((heard) -> this.program
			.says("{\"jsonrpc\":\"2.0\",\"id\":%s,\"error\":{\"code\":%d}}".formatted(heard.path("id"), error)));
		Dialogue dialogue = new AcpDriver(Duration.ofMinutes(1)).open(this.program);
		assertThatExceptionOfType(DialogueException.class).isThrownBy(dialogue::handshake)
			.satisfies((failure) -> assertThat(failure.code()).isEqualTo(code));
	}

	private void answerWith(String fields) {
		this.program.answers((heard) -> this.program
			.says("{\"jsonrpc\":\"2.0\",\"id\":%s,\"result\":{\"stopReason\":\"end_turn\",%s}}"
				.formatted(heard.path("id"), fields)));
	}

	private void answerPrompt(int version, ObjectNode heard, String reason, String... updates) {
		if (!heard.path("method").asString("").equals("session/prompt")) {
			return;
		}
		String result = "{\"jsonrpc\":\"2.0\",\"id\":%s,\"result\":{%s}}";
		if (version == 1) {
			this.program.says(updates);
			this.program.says(result.formatted(heard.path("id"), "\"stopReason\":\"" + reason + "\""));
		}
		else {
			this.program.says(result.formatted(heard.path("id"), "\"messageId\":\"u\""));
			this.program.says(update("\"sessionUpdate\":\"state_update\",\"state\":\"running\""));
			this.program.says(updates);
			this.program.says(
					update("\"sessionUpdate\":\"state_update\",\"state\":\"idle\",\"stopReason\":\"" + reason + "\""));
		}
	}

	private Dialogue ready(int version) throws Exception {
		this.program.answers((heard) -> this.program.says("{\"jsonrpc\":\"2.0\",\"id\":%s,\"result\":%s}"
			.formatted(heard.path("id"), heard.path("method").asString().equals("initialize")
					? "{\"protocolVersion\":%d}".formatted(version) : "{\"sessionId\":\"s\"}")));
		Dialogue dialogue = new AcpDriver(Duration.ofMinutes(10)).open(this.program);
		dialogue.handshake();
		this.program.answers((heard) -> {
		});
		return dialogue;
	}

	private static String update(String fields) {
		return "{\"jsonrpc\":\"2.0\",\"method\":\"session/update\",\"params\":{\"sessionId\":\"s\",\"update\":{%s}}}"
			.formatted(fields);
	}

}
