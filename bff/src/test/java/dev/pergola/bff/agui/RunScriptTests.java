package dev.pergola.bff.agui;

import java.util.List;

import org.junit.jupiter.api.Test;
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
		accept("{\"type\":\"TOOL_CALL_START\",\"toolCallId\":\"c\"}");
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
	void leavesOutVendorsRawEventsAndNulls() {
		assertThat(accept("{\"type\":\"RAW\",\"event\":{\"secret\":1}}")).isEmpty();
		assertThat(accept("{\"type\":\"CUSTOM\",\"name\":\"x\",\"value\":null}")).singleElement()
			.hasToString("{\"type\":\"CUSTOM\",\"name\":\"x\"}");
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
