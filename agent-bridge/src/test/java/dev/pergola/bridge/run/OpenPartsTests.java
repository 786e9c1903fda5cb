package dev.pergola.bridge.run;

import java.util.List;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

class OpenPartsTests {

	private final OpenParts parts = new OpenParts();

	@Test
	void closesWhatIsOpenInnermostFirst() {
		saw("{'type':'SUBAGENT_STARTED','subagentRunId':'s','name':'n'}", "{'type':'STEP_STARTED','stepName':'plan'}",
				"{'type':'REASONING_START','messageId':'r'}", "{'type':'REASONING_MESSAGE_START','messageId':'r'}",
				"{'type':'TOOL_CALL_START','toolCallId':'c','toolCallName':'look','subagentRunId':'s'}",
				"{'type':'TEXT_MESSAGE_START','messageId':'m','role':'assistant'}");
		assertThat(this.parts.close()).map(ObjectNode::toString)
			.containsExactly("{\"type\":\"TEXT_MESSAGE_END\",\"messageId\":\"m\"}",
					"{\"type\":\"TOOL_CALL_END\",\"toolCallId\":\"c\",\"subagentRunId\":\"s\"}",
					"{\"type\":\"REASONING_MESSAGE_END\",\"messageId\":\"r\"}",
					"{\"type\":\"REASONING_END\",\"messageId\":\"r\"}",
					"{\"type\":\"STEP_FINISHED\",\"stepName\":\"plan\"}",
					"{\"type\":\"SUBAGENT_ERROR\",\"subagentRunId\":\"s\",\"message\":\"The agent was stopped.\"}");
		assertThat(this.parts.close()).isEmpty();
	}

	@Test
	void whatIsClosedStaysClosed() {
		saw("{'type':'TEXT_MESSAGE_START','messageId':'m'}", "{'type':'TEXT_MESSAGE_START','messageId':'n'}",
				"{'type':'SUBAGENT_STARTED','subagentRunId':'s'}", "{'type':'TEXT_MESSAGE_END','messageId':'m'}",
				"{'type':'SUBAGENT_FINISHED','subagentRunId':'s'}");
		assertThat(this.parts.close()).singleElement()
			.satisfies((closer) -> assertThat(closer.path("messageId").asString()).isEqualTo("n"));
	}

	private void saw(String... events) {
		List.of(events)
			.forEach((event) -> this.parts.saw((ObjectNode) JsonMapper.shared().readTree(event.replace('\'', '"'))));
	}

}
