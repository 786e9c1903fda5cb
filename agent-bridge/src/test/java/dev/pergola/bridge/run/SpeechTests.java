package dev.pergola.bridge.run;

import java.util.ArrayList;
import java.util.List;

import dev.pergola.bridge.agui.AgUi;
import dev.pergola.bridge.agui.RunInput;
import dev.pergola.bridge.runner.TestRunner;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("CLI-8")
class SpeechTests {

	private static final RunInput INPUT = new RunInput("t", "r", "", "{}", "");

	private final Run run = new Run(new Caller("p", "", "", null), "runner", TestRunner.program("true"), INPUT,
			new RunLog(1L, 2000));

	private final List<StopReason> reasons = new ArrayList<>();

	private final Speech speech = new Speech(this.run, new RunMeters(new SimpleMeterRegistry()), this.reasons::add);

	@Test
	void afterAnEventThatHadNoRoomNoSmallerOneFollows() {
		this.speech.emit(AgUi.textStart("m"));
		this.speech.emit(AgUi.textContent("m", "one"));
		this.speech.emit(AgUi.textContent("m", "x".repeat(3000)));
		this.speech.emit(AgUi.textContent("m", "three"));
		assertThat(this.reasons).contains(StopReason.OUTPUT);
		assertThat(TestRuns.text(told())).isEqualTo("one");
	}

	@Test
	void whatWasNotToldIsNotClosedAndWhatWasIsThoughThereIsNoRoom() {
		this.speech.emit(AgUi.textStart("m"));
		this.speech.emit(AgUi.textContent("m", "x".repeat(1400)));
		this.speech.emit(AgUi.textContent("m", "x".repeat(1400)));
		this.speech.emit(AgUi.textStart("other"));
		List<JsonNode> told = told();
		assertThat(TestRuns.types(told)).containsExactly("RUN_STARTED", "TEXT_MESSAGE_START", "TEXT_MESSAGE_CONTENT",
				"TEXT_MESSAGE_END", "RUN_ERROR");
		assertThat(told.get(3).path("messageId").asString()).isEqualTo("m");
	}

	private List<JsonNode> told() {
		this.speech.end();
		this.run.finish(Ending.stopped(StopReason.OUTPUT, INPUT, null));
		return TestRuns.events(this.run);
	}

}
