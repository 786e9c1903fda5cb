package dev.pergola.bridge.driver.claude;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

@Timeout(20)
class ClaudeDialogueTests {

	private static final String DONE = """
			{"duration_ms":1,"type":"result","subtype":"success","is_error":false,"result":"ok","modelUsage":{}}""";

	private static final String ASKS = """
			{"type":"control_request","request_id":"%s","request":{"subtype":"can_use_tool","tool_name":"Write",\
			"input":{"path":"a"},"tool_use_id":"%s"}}""";

	private static final String MESSAGE = """
			{"type":"stream_event","event":{"type":"message_start","message":{"id":"m"}}}""";

	private static final String END_TURN = """
			{"type":"stream_event","event":{"type":"message_delta","delta":{"stop_reason":"end_turn"}}}""";

	private static final String MESSAGE_STOP = """
			{"type":"stream_event","event":{"type":"message_stop"}}""";

	private static final String IN_THE_BACKGROUND = """
			{"type":"system","subtype":"task_started","task_id":"s","run_id":"sr","tool_use_id":"c","description":"d",\
			"subagent_type":"scout","is_backgrounded":true,"task_type":"local_agent"}""";

	private static final String SUBAGENT_ENDED = """
			{"type":"system","subtype":"task_notification","task_id":"s","run_id":"sr","status":"completed"}""";

	private static final String TAKEN_UP = """
			{"type":"result","subtype":"success","is_error":false,"result":"late","origin":{"runId":"sr"}}""";

	private final FakeProgram program = new FakeProgram();

	private final Told told = new Told();

	@Test
	@Tag("CLI-2")
	void nothingAPersonSaysIsAnArgument() throws Exception {
		Dialogue dialogue = ready();
		this.program.says(DONE);
		dialogue.turn(Inputs.saying("--dangerously-skip-permissions"), this.told);
		assertThat(this.program.heard().getLast().path("message").path("content")).hasToString("""
				[{"type":"text","text":"--dangerously-skip-permissions"}]""");
	}

	@Test
	@Tag("CLI-13")
	void aRequestItsTurnDidNotWaitForIsNotAskedInTheNext() throws Exception {
		Dialogue dialogue = ready();
		this.program.says(ASKS.formatted("q1", "t1"), DONE);
		assertThat(dialogue.turn(Inputs.saying("x"), this.told)).isInstanceOf(TurnEnd.Finished.class);
		this.program.says(DONE);
		assertThat(dialogue.turn(Inputs.saying("y"), this.told)).isInstanceOf(TurnEnd.Finished.class);
		this.program.says("{\"type\":\"keep_alive\"}", ASKS.formatted("q2", "t2"));
		TurnEnd.Waiting waiting = (TurnEnd.Waiting) dialogue.turn(Inputs.saying("z"), this.told);
		assertThat(waiting.interrupts()).hasSize(1);
	}

	@Test
	void tellsAProgramThatWasNotThereWhatWasSaidBefore() throws Exception {
		Dialogue dialogue = ready();
		this.program.says(DONE, DONE);
		var input = Inputs.read("""
				{"threadId":"t","runId":"r","messages":[{"role":"user","content":"first"},
				{"role":"assistant","content":"answer"},{"role":"user","content":"second"}]}""");
		dialogue.turn(input, this.told);
		assertThat(this.program.heard().getLast().path("message").path("content").get(0).path("text").asString())
			.contains("[user]\nfirst", "[assistant]\nanswer")
			.doesNotContain("second");
		dialogue.turn(input, this.told);
		assertThat(this.program.heard().getLast().path("message").path("content")).as("it was there").hasSize(1);
	}

	@Test
	@Tag("CLI-9")
	void whatIsNotKnownFailsNothing() throws Exception {
		Dialogue dialogue = ready();
		this.program.says("Loading…", "{\"type\":\"of_tomorrow\",\"x\":[]}", "{}", "{\"type\":7}",
				"{\"type\":\"system\",\"subtype\":\"of_tomorrow\"}",
				"{\"type\":\"stream_event\",\"event\":{\"type\":\"of_tomorrow\"}}",
				"{\"type\":\"stream_event\",\"event\":{\"type\":\"content_block_delta\",\"index\":9,\"delta\":{}}}",
				"{\"type\":\"assistant\",\"message\":{\"id\":\"m\",\"content\":[{\"type\":\"of_tomorrow\"}]}}",
				"{\"type\":\"control_response\",\"response\":{\"request_id\":\"nobody's\",\"subtype\":\"success\"}}",
				DONE);
		assertThat(dialogue.turn(Inputs.saying("x"), this.told)).isInstanceOf(TurnEnd.Finished.class);
		assertThat(this.told.isInOrder().text()).as("the result repairs").isEqualTo("ok");
	}

	@Test
	@Tag("CLI-9")
	void aDamagedLineEndsTheRun() throws Exception {
		Dialogue dialogue = ready();
		this.program.says("{\"type\":\"assist");
		assertThatExceptionOfType(DialogueException.class)
			.isThrownBy(() -> dialogue.turn(Inputs.saying("x"), this.told));
	}

	@Test
	void finishedMessagesAreToldWhereNoPiecesCame() throws Exception {
		Dialogue dialogue = ready();
		this.program.says("""
				{"type":"assistant","message":{"id":"m","model":"x","content":[{"type":"text","text":"one"}]}}""",
				"""
						{"type":"assistant","message":{"id":"m","model":"x","content":[{"type":"tool_use","id":"c","name":"Read",\
						"input":{"p":1}}]}}""",
				"""
						{"type":"user","message":{"content":[{"type":"tool_result","tool_use_id":"c","content":[{"type":"text",\
						"text":"a"},{"type":"text","text":"b"}]}]}}""",
				DONE);
		dialogue.turn(Inputs.saying("x"), this.told);
		assertThat(this.told.isInOrder().types()).containsExactly("TEXT_MESSAGE_START", "TEXT_MESSAGE_CONTENT",
				"TEXT_MESSAGE_END", "TOOL_CALL_START", "TOOL_CALL_ARGS", "TOOL_CALL_END", "TOOL_CALL_RESULT");
		assertThat(this.told.arguments("c")).isEqualTo("{\"p\":1}");
		assertThat(this.told.of("TOOL_CALL_RESULT").getFirst().path("content").asString()).isEqualTo("a\nb");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			value = { "`\"subtype\":\"success\",\"is_error\":true,\"api_error_status\":429` | api_429",
					"`\"subtype\":\"success\",\"is_error\":true,\"api_error_status\":null` | api_error",
					"`\"subtype\":\"error_during_execution\",\"is_error\":true` | AGENT_ERROR",
					"`\"subtype\":\"of_tomorrow\",\"is_error\":true` | AGENT_ERROR",
					"`\"subtype\":\"error_max_turns\",\"is_error\":true` | max-turns",
					"`\"subtype\":\"error_max_budget_usd\",\"is_error\":true` | max-budget",
					"`\"subtype\":\"error_during_execution\",\"terminal_reason\":\"aborted_tools\"` | interrupted" })
	@Tag("CLI-20")
	void theResultSaysHowTheTurnEnded(String fields, String expected) throws Exception {
		Dialogue dialogue = ready();
		this.program.says("{\"duration_ms\":1,\"type\":\"result\",%s}".formatted(fields));
		String end = switch (dialogue.turn(Inputs.saying("x"), this.told)) {
			case TurnEnd.Failed failed -> failed.code();
			case TurnEnd.Stopped stopped -> stopped.reason();
			case TurnEnd other -> other.toString();
		};
		assertThat(end).isEqualTo(expected);
	}

	@Test
	@Tag("CLI-20")
	void anOutputThatEndsWithoutAResultSaysNothing() throws Exception {
		Dialogue dialogue = ready();
		this.program.ends();
		assertThat(dialogue.turn(Inputs.saying("x"), this.told)).isInstanceOf(TurnEnd.OutputEnded.class);
		assertThat(dialogue.canGoOn()).isFalse();
	}

	@Test
	@Tag("CLI-11")
	void aProgramThatIsGoneCannotBeAsked() throws Exception {
		Dialogue dialogue = ready();
		this.program.isGone();
		assertThatIOException().isThrownBy(() -> dialogue.turn(Inputs.saying("x"), this.told));
		assertThat(dialogue.interrupt()).isFalse();
	}

	@Test
	@Tag("CLI-15")
	void anAnswerThatIsCompleteButNeverOverIsAFailure() throws Exception {
		Dialogue dialogue = ready(Duration.ofMillis(50));
		this.program.says(MESSAGE, END_TURN, MESSAGE_STOP);
		assertThat(dialogue.turn(Inputs.saying("x"), this.told)).isInstanceOfSatisfying(TurnEnd.Failed.class,
				(failed) -> assertThat(failed.code()).isEqualTo("AGENT_NO_RESULT"));
	}

	@Test
	@Tag("CLI-15")
	void reportsOfAToolAreSignsOfLifeAndKeepAlivesAreNone() throws Exception {
		Dialogue dialogue = ready();
		this.program.says("{\"type\":\"keep_alive\"}", """
				{"type":"tool_progress","tool_use_id":"c","tool_name":"Bash","elapsed_time_seconds":30}""", DONE);
		dialogue.turn(Inputs.saying("x"), this.told);
		assertThat(this.told.signsOfLife()).as("the report and the result").isEqualTo(2);
		assertThat(this.told.of("CUSTOM").getFirst().path("value"))
			.hasToString("{\"toolCallId\":\"c\",\"seconds\":30}");
	}

	@Test
	@Tag("CLI-13")
	void eachRequestHasItsOwnIdAndOtherAnswersAreIgnored() throws Exception {
		List<String> ids = new ArrayList<>();
		this.program.answers((heard) -> {
			if (heard.has("request_id")) {
				String id = heard.path("request_id").asString();
				ids.add(id);
				this.program.says(reply("of another", "error"), reply(id, "success"), reply(id, "error"));
			}
		});
		Dialogue dialogue = driver(Duration.ofSeconds(30)).open(this.program);
		dialogue.handshake();
		dialogue.interrupt();
		dialogue.interrupt();
		assertThat(ids).hasSize(3).doesNotHaveDuplicates();
		this.program.says(DONE);
		assertThat(dialogue.turn(Inputs.saying("x"), this.told)).isInstanceOf(TurnEnd.Finished.class);
	}

	@Test
	@Tag("CLI-13")
	void aProgramThatRefusesToBeginEndsTheHandshake() {
		this.program.answers((heard) -> this.program.says(reply(heard.path("request_id").asString(), "error")));
		Dialogue dialogue = driver(Duration.ofSeconds(30)).open(this.program);
		assertThatExceptionOfType(DialogueException.class).isThrownBy(dialogue::handshake);
	}

	@Test
	@Tag("CLI-13")
	void aProgramThatEndsEndsTheHandshake() {
		this.program.ends();
		assertThatIOException().isThrownBy(driver(Duration.ofSeconds(30)).open(this.program)::handshake);
	}

	@Test
	@Tag("CLI-13")
	void aRequestThatTheProgramWithdrawsIsNotAnswered() throws Exception {
		Dialogue dialogue = ready();
		this.program.says(ASKS.formatted("a1", "c1"), ASKS.formatted("a2", "c2"),
				"{\"type\":\"control_cancel_request\",\"request_id\":\"a1\"}");
		TurnEnd.Waiting waiting = (TurnEnd.Waiting) dialogue.turn(Inputs.saying("x"), this.told);
		assertThat(waiting.interrupts()).extracting((one) -> one.path("id").asString()).containsExactly("a2");
		this.program.says("{\"type\":\"control_cancel_request\",\"request_id\":\"a2\"}", DONE);
		int before = this.program.heard().size();
		assertThat(dialogue.turn(Inputs.answering("a1", "{\"decision\":\"once\"}"), new Told()))
			.isInstanceOf(TurnEnd.Finished.class);
		assertThat(this.program.heard()).hasSize(before);
	}

	@Test
	@Tag("CLI-27")
	void whatHasNoAnswerStaysOpen() throws Exception {
		Dialogue dialogue = ready();
		this.program.says(ASKS.formatted("a1", "c1"), ASKS.formatted("a2", "c2"));
		dialogue.turn(Inputs.saying("x"), this.told);
		TurnEnd end = dialogue.turn(Inputs.answering("a2", "{\"decision\":\"refuse\",\"reason\":\"no\"}"), new Told());
		assertThat(((TurnEnd.Waiting) end).interrupts()).extracting((one) -> one.path("id").asString())
			.containsExactly("a1");
		assertThat(this.program.heard().getLast().path("response").path("response")).hasToString("""
				{"behavior":"deny","message":"no"}""");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			value = { "{} | deny", "null | deny", "{\"decision\":\"yes\"} | deny", "{\"decision\":\"once\"} | allow",
					"{\"decision\":\"always\"} | allow", "{\"approved\":true} | allow", "\"once\" | deny" })
	@Tag("CLI-27")
	void whateverIsNoClearLeaveIsARefusal(String payload, String behavior) throws Exception {
		Dialogue dialogue = ready();
		this.program.says(ASKS.formatted("a1", "c1"));
		dialogue.turn(Inputs.saying("x"), this.told);
		this.program.says(DONE);
		Told second = new Told();
		dialogue.turn(Inputs.answering("a1", payload), second);
		assertThat(this.program.heard().getLast().path("response").path("response").path("behavior").asString())
			.isEqualTo(behavior);
		assertThat(second.decisions()).extracting(Decision::verdict)
			.containsExactly(behavior.equals("deny") ? Verdict.REFUSE : Verdict.ONCE);
	}

	@Test
	void leaveForLaterCallsIsKeptInMemoryOnly() throws Exception {
		Dialogue dialogue = ready();
		this.program
			.says("""
					{"type":"control_request","request_id":"a","request":{"subtype":"can_use_tool","tool_name":"Bash",\
					"input":{},"permission_suggestions":[{"type":"addRules","rules":[],"destination":"localSettings"}]}}""");
		dialogue.turn(Inputs.saying("x"), this.told);
		this.program.says(DONE);
		dialogue.turn(Inputs.answering("a", "{\"decision\":\"always\"}"), this.told);
		assertThat(this.program.heard().getLast().path("response").path("response").path("updatedPermissions"))
			.hasToString("[{\"type\":\"addRules\",\"rules\":[],\"destination\":\"session\"}]");
	}

	@Test
	@Tag("CLI-27")
	void stoppingAProgramThatWaitsRefusesAndEndsTheTurn() throws Exception {
		Dialogue dialogue = ready();
		this.program.says(ASKS.formatted("a1", "c1"));
		dialogue.turn(Inputs.saying("x"), this.told);
		assertThat(dialogue.interrupt()).isTrue();
		assertThat(this.program.heard().getLast().path("response").path("response")).hasToString("""
				{"behavior":"deny","message":"Nobody answered.","interrupt":true}""");
		assertThat(this.told.decisions()).extracting(Decision::verdict, Decision::reason)
			.containsExactly(tuple(Verdict.REFUSE, "cancelled"));
	}

	@Test
	@Tag("CLI-27")
	void aProgramThatActsWithoutAskingIsRefused() throws Exception {
		Dialogue dialogue = ready();
		this.program.says("{\"type\":\"system\",\"subtype\":\"init\",\"permissionMode\":\"bypassPermissions\"}");
		assertThatExceptionOfType(DialogueException.class)
			.isThrownBy(() -> dialogue.turn(Inputs.saying("x"), this.told))
			.satisfies((failure) -> assertThat(failure.code()).isEqualTo("AGENT_SETUP"));
	}

	@Test
	void anAnswerToAProgramThatIsNoLongerThereIsAnError() throws Exception {
		Dialogue dialogue = ready();
		assertThatExceptionOfType(DialogueException.class)
			.isThrownBy(() -> dialogue.turn(Inputs.answering("a", "{}"), this.told))
			.satisfies((failure) -> assertThat(failure.code()).isEqualTo("AGENT_INTERRUPT_EXPIRED"));
	}

	@Test
	void whatTheBridgeCannotDoIsDeclinedAtOnce() throws Exception {
		Dialogue dialogue = ready();
		this.program.says(
				"{\"type\":\"control_request\",\"request_id\":\"h\",\"request\":{\"subtype\":\"hook_callback\"}}",
				DONE);
		dialogue.turn(Inputs.saying("x"), this.told);
		assertThat(this.program.heard().getLast().path("response")).hasToString("""
				{"subtype":"error","request_id":"h","error":"not supported"}""");
	}

	@Test
	@Tag("CLI-12")
	void aSubagentInTheBackgroundKeepsTheRunAndStandardInputOpen() throws Exception {
		Dialogue dialogue = ready();
		this.program.says(IN_THE_BACKGROUND, DONE);
		CompletableFuture<TurnEnd> turn = begin(dialogue);
		await().until(() -> this.told.text().equals("ok"));
		assertThat(turn).isNotDone();
		assertThat(this.program.isInputClosed()).isFalse();
		this.program.says("""
				{"type":"system","subtype":"task_notification","task_id":"s","run_id":"sr","status":"failed"}""",
				TAKEN_UP);
		assertThat(turn).succeedsWithin(Duration.ofSeconds(1)).isInstanceOf(TurnEnd.Finished.class);
		assertThat(this.told.isInOrder().of("SUBAGENT_ERROR")).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	@Tag("CLI-15")
	void aTurnThatASubagentStartsIsWaitedForHoweverLongAgoTheFirstEnded(boolean begins) throws Exception {
		Dialogue dialogue = ready(Duration.ZERO);
		this.program.says(IN_THE_BACKGROUND, MESSAGE, END_TURN, MESSAGE_STOP);
		if (begins) {
			this.program.says(DONE);
		}
		this.program.says(SUBAGENT_ENDED);
		if (begins) {
			this.program.says("{\"type\":\"system\",\"subtype\":\"init\",\"permissionMode\":\"default\"}");
		}
		this.program.says("{\"type\":\"tool_progress\",\"tool_use_id\":\"c\"}");
		CompletableFuture<TurnEnd> turn = begin(dialogue);
		await().until(() -> !this.told.of("CUSTOM").isEmpty());
		this.program.says(MESSAGE, MESSAGE_STOP, TAKEN_UP);
		assertThat(turn).succeedsWithin(Duration.ofSeconds(1)).isInstanceOf(TurnEnd.Finished.class);
	}

	@Test
	@Tag("CLI-15")
	void whatASubagentSpendsIsToldWhileItWorksAndOnce() throws Exception {
		Dialogue dialogue = ready();
		String block = """
				{"type":"assistant","parent_tool_use_id":"c","message":{"id":"m2","model":"x","content":[{"type":"text",\
				"text":"a"}],"usage":{"input_tokens":10,"output_tokens":6}}}""";
		this.program.says(IN_THE_BACKGROUND, block, block);
		CompletableFuture<TurnEnd> turn = begin(dialogue);
		await().until(() -> this.told.of("TEXT_MESSAGE_END").size() == 2);
		assertThat(this.told.spent()).isEqualTo(16);
		this.program.says(SUBAGENT_ENDED, TAKEN_UP);
		assertThat(turn).succeedsWithin(Duration.ofSeconds(1));
	}

	@ParameterizedTest
	@ValueSource(strings = { "works", "unheard" })
	@Tag("CLI-21")
	void aProgramWhoseSubagentsAreNotHeardOutServesNoFurtherTurn(String subagent) throws Exception {
		Dialogue dialogue = ready();
		this.program.says(IN_THE_BACKGROUND);
		if (subagent.equals("unheard")) {
			this.program.says(SUBAGENT_ENDED);
		}
		this.program.says("{\"type\":\"result\",\"subtype\":\"error_max_turns\",\"is_error\":true}");
		assertThat(dialogue.turn(Inputs.saying("x"), this.told)).isInstanceOf(TurnEnd.Stopped.class);
		assertThat(dialogue.canGoOn()).isFalse();
	}

	private CompletableFuture<TurnEnd> begin(Dialogue dialogue) {
		return CompletableFuture.supplyAsync(() -> {
			try {
				return dialogue.turn(Inputs.saying("x"), this.told);
			}
			catch (IOException | InterruptedException | DialogueException ex) {
				throw new IllegalStateException(ex);
			}
		});
	}

	private Dialogue ready() throws Exception {
		return ready(Duration.ofSeconds(30));
	}

	private Dialogue ready(Duration resultPatience) throws Exception {
		this.program.answers((heard) -> {
			if (heard.path("request").path("subtype").asString("").equals("initialize")) {
				this.program.says(reply(heard.path("request_id").asString(), "success"));
			}
		});
		Dialogue dialogue = driver(resultPatience).open(this.program);
		dialogue.handshake();
		return dialogue;
	}

	private static ClaudeDriver driver(Duration resultPatience) {
		return new ClaudeDriver(Duration.ofMinutes(10), resultPatience);
	}

	private static String reply(String id, String subtype) {
		return "{\"type\":\"control_response\",\"response\":{\"subtype\":\"%s\",\"request_id\":\"%s\",\"response\":{}}}"
			.formatted(subtype, id);
	}

}
