package dev.pergola.bridge.agui;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

class EventWriterTests {

	private final List<ObjectNode> events = new ArrayList<>();

	private final EventWriter writer = new EventWriter();

	@BeforeEach
	void listen() {
		this.writer.to(this.events::add);
	}

	@Test
	void closesWhatIsOpenTheLastOneFirst() {
		this.writer.subagent("s", "scout", null, null);
		this.writer.text("m", "a", "s");
		this.writer.tool("c", "n", "m", "s");
		this.writer.closeAll();
		this.writer.closeAll();
		assertThat(types()).containsExactly("SUBAGENT_STARTED", "TEXT_MESSAGE_START", "TEXT_MESSAGE_CONTENT",
				"TOOL_CALL_START", "TOOL_CALL_END", "TEXT_MESSAGE_END", "SUBAGENT_FINISHED");
	}

	@Test
	void aSubagentThatRestsIsAnnouncedAgainWhenItGoesOn() {
		this.writer.subagent("s", "scout", "looks", "c");
		this.writer.suspend();
		assertThat(this.events.getLast()).hasToString(
				"{\"type\":\"SUBAGENT_FINISHED\",\"subagentRunId\":\"s\",\"outcome\":{\"type\":\"suspended\"}}");
		this.writer.goOn();
		assertThat(this.events.getLast()).isEqualTo(this.events.getFirst());
		this.writer.endSubagent("s", null);
		this.writer.endSubagent("s", null);
		assertThat(types()).endsWith("SUBAGENT_STARTED", "SUBAGENT_FINISHED").hasSize(4);
	}

	@Test
	void aCallIsToldOnceInAllRuns() {
		this.writer.wholeTool("c", "n", "{}", null, null);
		this.writer.closeAll();
		this.writer.wholeTool("c", "n", "{}", null, null);
		assertThat(types()).containsExactly("TOOL_CALL_START", "TOOL_CALL_ARGS", "TOOL_CALL_END");
	}

	@Test
	void longTextIsToldInPiecesThatCutNoCharacter() {
		String text = "a" + "😀".repeat(EventWriter.MAX_DELTA);
		this.writer.text("m", text, null);
		List<String> pieces = this.events.stream().skip(1).map((event) -> event.path("delta").asString()).toList();
		assertThat(String.join("", pieces)).isEqualTo(text);
		assertThat(pieces).hasSize(3)
			.allSatisfy((piece) -> assertThat(piece.length()).isLessThanOrEqualTo(EventWriter.MAX_DELTA))
			.noneMatch((piece) -> Character.isLowSurrogate(piece.charAt(0)));
	}

	@Test
	void aResultThatIsTooLongSaysThatItIsCut() {
		this.writer.result("c", "x".repeat(EventWriter.MAX_RESULT + 1), false, null);
		assertThat(this.events.getFirst().path("content").asString()).hasSize(EventWriter.MAX_RESULT);
		assertThat(this.events.getFirst().path("metadata").path("cutFrom").asInt())
			.isEqualTo(EventWriter.MAX_RESULT + 1);
	}

	@Test
	void aResultIsCutAsItsReadersMeasureIt() {
		for (String text : List.of("界", "\u0000", "\"", "😀")) {
			this.writer.result("c", "a" + text.repeat(EventWriter.MAX_RESULT), false, null);
			ObjectNode event = this.events.getLast();
			String content = event.path("content").asString();
			assertThat(event.toString().getBytes(StandardCharsets.UTF_8)).as(text)
				.hasSizeBetween(EventWriter.MAX_RESULT - 10, EventWriter.MAX_RESULT + 300);
			assertThat(event.path("metadata").path("cutFrom").asInt())
				.isEqualTo(text.length() * EventWriter.MAX_RESULT + 1);
			assertThat(Character.isHighSurrogate(content.charAt(content.length() - 1))).isFalse();
		}
	}

	@Test
	void anEventThatIsTooLargeIsLeftOutAndAnotherSaysSo() {
		JsonNode large = JsonMapper.shared().createArrayNode().add("x".repeat(EventWriter.MAX_ALONE));
		this.writer.custom("plan", large);
		this.writer.custom("plan", JsonMapper.shared().createArrayNode().add("x"));
		assertThat(this.events).extracting(ObjectNode::toString)
			.containsExactly("{\"type\":\"CUSTOM\",\"name\":\"pergola.leftOut\",\"value\":{\"type\":\"CUSTOM\"}}",
					"{\"type\":\"CUSTOM\",\"name\":\"plan\",\"value\":[\"x\"]}");
	}

	@Test
	void whatAQuestionShowsOfATooLargeCallIsCut() {
		ObjectNode question = JsonMapper.shared()
			.createObjectNode()
			.put("id", "q")
			.put("reason", "tool_call")
			.put("message", "May I write?");
		ObjectNode arguments = question.putObject("metadata").put("tool", "Write").putObject("arguments");
		arguments.put("content", "\"".repeat(EventWriter.MAX_RESULT));
		String event = AgUi.runInterrupted(new RunInput("t", "r", "", "{}", ""), List.of(question, question), null);
		assertThat(event.length()).isLessThan(EventWriter.MAX_RESULT + 1000);
		JsonNode shown = JsonMapper.shared().readTree(event).at("/outcome/interrupts/1");
		assertThat(shown.path("id").asString()).isEqualTo("q");
		assertThat(shown.path("message").asString()).isEqualTo("May I write?");
		assertThat(shown.at("/metadata/tool").asString()).isEqualTo("Write");
		assertThat(shown.at("/metadata/arguments").asString()).startsWith("{\"content\":");
		assertThat(shown.at("/metadata/cutFrom").asInt()).isEqualTo(arguments.toString().length());
		assertThat(arguments.path("content").asString()).as("what the program gets back")
			.hasSize(EventWriter.MAX_RESULT);
	}

	@Test
	void emptyPiecesOpenNothing() {
		this.writer.text("m", "", null);
		this.writer.reasoning("r", "", null);
		this.writer.arguments("c", "{}");
		this.writer.endText("m");
		assertThat(this.events).isEmpty();
	}

	private List<String> types() {
		return this.events.stream().map((event) -> event.path("type").asString()).toList();
	}

}
