package dev.pergola.bridge.run;

import java.util.List;

import dev.pergola.bridge.agui.RunInput;
import dev.pergola.bridge.driver.TurnEnd;
import dev.pergola.bridge.process.Exit;
import dev.pergola.bridge.runner.RunnerFormat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("CLI-20")
class EndingTests {

	private static final RunInput INPUT = new RunInput("t", "r", "", "{}", "");

	private final ObjectNode usage = JsonMapper.shared().createObjectNode().put("totalTokens", 12);

	@Test
	void aResultIsASuccessWhateverTheExitCode() {
		Ending ending = ending(new TurnEnd.Finished(this.usage), RunnerFormat.CLAUDE_STREAM_JSON, new Exit(1), true);
		assertThat(ending.state()).isEqualTo(RunState.SUCCEEDED);
		assertThat(json(ending).at("/outcome/type").asString()).isEqualTo("success");
		assertThat(json(ending).at("/usage/0/totalTokens").asInt()).isEqualTo(12);
	}

	@Test
	void whatTheProgramCallsAFailureIsOne() {
		Ending ending = ending(new TurnEnd.Failed("api_400", "Too long.", this.usage), RunnerFormat.ACP, new Exit(0),
				true);
		assertThat(ending.state()).isEqualTo(RunState.FAILED);
		assertThat(json(ending).path("code").asString()).isEqualTo("api_400");
		assertThat(json(ending).at("/usage/0/totalTokens").asInt()).isEqualTo(12);
	}

	@Test
	void aLimitOfTheProgramsOwnIsAStopAndAnInterruptionNobodyAskedForAFailure() {
		assertThat(ending(new TurnEnd.Stopped("max-turns", null), RunnerFormat.ACP, null, true).state())
			.isEqualTo(RunState.CANCELLED);
		assertThat(ending(new TurnEnd.Stopped("interrupted", null), RunnerFormat.ACP, null, true).code())
			.isEqualTo("AGENT_INTERRUPTED");
	}

	@Test
	void aProgramThatWaitsTellsForWhat() {
		ObjectNode interrupt = JsonMapper.shared().createObjectNode().put("id", "i1");
		Ending ending = ending(new TurnEnd.Waiting(List.of(interrupt), null), RunnerFormat.ACP, null, true);
		assertThat(ending.state()).isEqualTo(RunState.PARKED);
		assertThat(json(ending).at("/outcome/type").asString()).isEqualTo("interrupt");
		assertThat(json(ending).at("/outcome/interrupts/0/id").asString()).isEqualTo("i1");
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-",
			value = { "TEXT, 0, true, -", "TEXT, 0, false, AGENT_NO_RESULT", "NDJSON, 0, true, -",
					"CLAUDE_STREAM_JSON, 0, true, AGENT_NO_RESULT", "TEXT, 3, true, AGENT_EXIT",
					"TEXT, 143, true, AGENT_EXIT", "TEXT, 127, false, AGENT_START", "TEXT, 126, false, AGENT_START",
					"TEXT, 127, true, AGENT_EXIT", "TEXT, -, true, AGENT_NO_RESULT" })
	void withoutAWordAboutTheEndTheExitCodeDecides(RunnerFormat format, @Nullable Integer code, boolean spoke,
			@Nullable String expected) {
		Ending ending = ending(new TurnEnd.OutputEnded(), format, (code != null) ? new Exit(code) : null, spoke);
		assertThat(ending.code()).isEqualTo((expected != null) ? expected : "");
		assertThat(ending.state()).isEqualTo((expected != null) ? RunState.FAILED : RunState.SUCCEEDED);
	}

	@Test
	void theSignalThatEndedAProgramIsTold() {
		Ending ending = ending(new TurnEnd.OutputEnded(), RunnerFormat.TEXT, new Exit(137), true);
		assertThat(json(ending).path("message").asString()).contains("signal 9");
		assertThat(new Exit(137).signal()).isEqualTo(9);
		assertThat(new Exit(3).signal()).isNull();
	}

	@ParameterizedTest
	@EnumSource(StopReason.class)
	void whoAskedForTheEndDecidesWhatItIsCalled(StopReason reason) {
		Ending ending = Ending.stopped(reason, INPUT, null);
		boolean wished = reason == StopReason.CANCELLED;
		assertThat(ending.state()).isEqualTo(wished ? RunState.CANCELLED : RunState.FAILED);
		assertThat(json(ending).path("type").asString()).isEqualTo(wished ? "RUN_FINISHED" : "RUN_ERROR");
		assertThat(json(ending).at("/outcome/type").asString("")).isEqualTo(wished ? "cancelled" : "");
	}

	private static Ending ending(TurnEnd end, RunnerFormat format, @Nullable Exit exit, boolean spoke) {
		return Ending.of(end, INPUT, format, exit, spoke);
	}

	private static JsonNode json(Ending ending) {
		return JsonMapper.shared().readTree(ending.terminal());
	}

}
