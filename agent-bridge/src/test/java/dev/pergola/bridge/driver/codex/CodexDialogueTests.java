package dev.pergola.bridge.driver.codex;

import dev.pergola.bridge.driver.FakeProgram;
import dev.pergola.bridge.driver.Inputs;
import dev.pergola.bridge.driver.Told;
import dev.pergola.bridge.driver.TurnEnd;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(20)
class CodexDialogueTests {

	private FakeProgram program = new FakeProgram();

	private final Told told = new Told();

	@Test
	void tellsItemsAsTheyBeginAndEnd() throws Exception {
		TurnEnd end = says("{\"type\":\"thread.started\",\"thread_id\":\"t\"}", "{\"type\":\"turn.started\"}", """
				{"type":"item.completed","item":{"id":"item_0","type":"reasoning","text":"**Looking**"}}""", """
				{"type":"item.started","item":{"id":"item_1","type":"command_execution","command":"ls","status":\
				"in_progress"}}""", """
				{"type":"item.completed","item":{"id":"item_1","type":"command_execution","command":"ls",\
				"aggregated_output":"a\\n","exit_code":1,"status":"failed"}}""",
				"""
						{"type":"item.started","item":{"id":"item_2","type":"todo_list","items":[{"text":"Look","completed":true}]}}\
						""",
				"{\"type\":\"item.completed\",\"item\":{\"id\":\"item_9\",\"type\":\"of_tomorrow\"}}", """
						{"type":"item.completed","item":{"id":"item_3","type":"agent_message","text":"Hello"}}""", """
						{"type":"turn.completed","usage":{"input_tokens":10,"cached_input_tokens":4,"output_tokens":3,\
						"reasoning_output_tokens":1}}""");
		assertThat(this.told.isInOrder().types()).containsExactly("REASONING_START", "REASONING_MESSAGE_START",
				"REASONING_MESSAGE_CONTENT", "REASONING_MESSAGE_END", "REASONING_END", "TOOL_CALL_START",
				"TOOL_CALL_ARGS", "TOOL_CALL_END", "TOOL_CALL_RESULT", "CUSTOM", "TEXT_MESSAGE_START",
				"TEXT_MESSAGE_CONTENT", "TEXT_MESSAGE_END");
		assertThat(this.told.arguments("r:item_1")).isEqualTo("{\"command\":\"ls\"}");
		assertThat(this.told.of("TOOL_CALL_RESULT").getFirst().path("metadata").path("failed").asBoolean()).isTrue();
		assertThat(this.told.of("CUSTOM").getFirst().path("value"))
			.hasToString("{\"entries\":[{\"text\":\"Look\",\"status\":\"completed\"}]}");
		assertThat(((TurnEnd.Finished) end).usage()).hasToString("""
				{"provider":"openai","inputTokens":10,"outputTokens":3,"totalTokens":13,"reasoningTokens":1,\
				"cachedInputTokens":4,"cacheWriteInputTokens":0}""");
	}

	@Test
	@Tag("CLI-2")
	void thePromptIsAllOfStandardInput() throws Exception {
		says("{\"type\":\"turn.completed\"}");
		assertThat(this.program.written()).isEqualTo("--help");
		assertThat(this.program.isInputClosed()).isTrue();
	}

	@Test
	@Tag("CLI-20")
	void aFailedTurnIsAFailureAndItsWordsStayWithOperators() throws Exception {
		assertThat(says("{\"type\":\"turn.failed\",\"error\":{\"message\":\"key sk-123 is wrong\"}}"))
			.isInstanceOfSatisfying(TurnEnd.Failed.class,
					(failed) -> assertThat(failed.message()).doesNotContain("sk-123"));
		assertThat(says("{\"type\":\"error\",\"message\":\"stream error\"}")).isInstanceOf(TurnEnd.OutputEnded.class);
	}

	private TurnEnd says(String... lines) throws Exception {
		this.program = new FakeProgram();
		this.program.says(lines);
		this.program.ends();
		return new CodexDriver().open(this.program).turn(Inputs.saying("--help"), this.told);
	}

}
