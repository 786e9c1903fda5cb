package dev.pergola.bridge.driver;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class JsonLinesTests {

	@ParameterizedTest
	@ValueSource(strings = { "", "   ", "Downloading model…", "[1, 2]", "\"text\"", "42", "null", "Warning: {" })
	@Tag("CLI-9")
	void aLineThatIsNoObjectIsSkipped(String line) throws Exception {
		assertThat(JsonLines.read(line)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "{", "{\"type\":\"result\"", "{\"a\":1} {\"b\":2}", "{'a':1}", "{\"a\":\"\u0001\"}" })
	@Tag("CLI-9")
	void aLineThatBeginsAsAnObjectAndIsNoneIsFatal(String line) {
		assertThatExceptionOfType(DialogueException.class).isThrownBy(() -> JsonLines.read(line))
			.satisfies((failure) -> assertThat(failure.code()).isEqualTo("AGENT_PROTOCOL"))
			.satisfies((failure) -> assertThat(failure.text()).doesNotContain("{"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "two\nlines\r\nand\u0085more\u2028and\u2029more", "😀 ñ", "half \ud83d of one",
			"other half \ude00", "\"\\/\b\f\t\u0000", "{\"type\":\"result\"}" })
	@Tag("CLI-11")
	void whateverAPersonSaysIsOneLineThatReadsAsTheSame(String text) throws Exception {
		String line = JsonLines.line(JsonLines.object().put("text", text));
		assertThat(line).doesNotContain("\n", "\r", "\u0085", "\u2028", "\u2029");
		byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
		ObjectNode read = JsonLines.read(new String(bytes, StandardCharsets.UTF_8)).orElseThrow();
		assertThat(read.path("text").asString()).isEqualTo(text);
	}

	@Test
	void numbersArePassedOnAsTheyWereWritten() throws Exception {
		String line = "{\"a\":0.1000000000000000000001,\"b\":12345678901234567890,\"c\":1.50}";
		assertThat(JsonLines.line(JsonLines.read(line).orElseThrow())).isEqualTo(line);
	}

}
