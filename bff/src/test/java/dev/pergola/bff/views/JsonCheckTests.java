package dev.pergola.bff.views;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class JsonCheckTests {

	@ParameterizedTest
	@ValueSource(strings = { "{}", "null", "0", "-0.5e3", "true", "\"\"", " [1, {\"a\": \"\\u00e4\\n\"}]\r\n\t",
			"\"ä€😀\"", "{\"ä\": 1, \"ä\": 2}" })
	void takesOneValue(String json) {
		assertThat(JsonCheck.isOneValue(json.getBytes(StandardCharsets.UTF_8))).isTrue();
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "", "  ", "null,\"other\":{\"forged\":true}", "{\"a\":1}}", "{} {}", "1 2", "{}x", "{}\u0000" })
	void takesNothingBesideIt(String json) {
		assertThat(JsonCheck.isOneValue(json.getBytes(StandardCharsets.UTF_8))).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "{", "{\"a\"", "{\"a\":", "{\"a\":1", "[1,2", "[1,", "\"abc", "\"\\u00e", "tru", "-", "1.",
			"1e" })
	void takesNothingThatBreaksOff(String json) {
		assertThat(JsonCheck.isOneValue(json.getBytes(StandardCharsets.UTF_8))).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "NaN", "Infinity", "-Infinity", "+1", "01", ".5", "0x10", "undefined", "'a'", "{a:1}",
			"[1,]", "{\"a\":1,}", "[,1]", "/**/1", "1//", "#\n1", "\"\\x\"", "\"a\nb\"", "\"\u0001\"", "\u00a01",
			"\u001e1" })
	void takesNothingThatOnlySomeReadersTakeForJson(String json) {
		assertThat(JsonCheck.isOneValue(json.getBytes(StandardCharsets.UTF_8))).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"\u00e4\"", "\"\u00c3\"", "\"\u00c0\u0080\"", "\"\u00e0\u0080\u00af\"",
			"\"\u00ed\u00a0\u0080\"", "\"\u00f5\u0080\u0080\u0080\"", "{\"\u00c0\u00a2\":1}" })
	void takesNoBytesThatAreNoUtf8(String bytes) {
		assertThat(JsonCheck.isOneValue(bytes.getBytes(StandardCharsets.ISO_8859_1))).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE" })
	void takesNoOtherEncoding(String charset) {
		assertThat(JsonCheck.isOneValue("{\"a\": 1}".getBytes(Charset.forName(charset)))).isFalse();
	}

	@Test
	void takesNoByteOrderMark() {
		assertThat(JsonCheck.isOneValue("\ufeff{}".getBytes(StandardCharsets.UTF_8))).isFalse();
	}

	@Test
	void takesNothingThatIsNestedWithoutEnd() {
		assertThat(JsonCheck.isOneValue(nested(500))).isTrue();
		assertThat(JsonCheck.isOneValue(nested(501))).isFalse();
	}

	private static byte[] nested(int depth) {
		return ("[".repeat(depth) + "]".repeat(depth)).getBytes(StandardCharsets.US_ASCII);
	}

}
