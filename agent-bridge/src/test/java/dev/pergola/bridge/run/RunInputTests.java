package dev.pergola.bridge.run;

import java.nio.charset.StandardCharsets;

import dev.pergola.bridge.runner.RunnerInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class RunInputTests {

	@Test
	void thePromptIsTheLastMessageOfThePerson() {
		RunInput input = read("""
				{"threadId": "t", "runId": "r", "messages": [
				  {"id": "1", "role": "user", "content": "first"},
				  {"id": "2", "role": "assistant", "content": "answer"},
				  {"id": "3", "role": "user", "content": [{"type": "text", "text": "second"}]}]}""");
		assertThat(input.bytes(RunnerInput.PROMPT)).asString(StandardCharsets.UTF_8).isEqualTo("second");
		assertThat(input.bytes(RunnerInput.JSON)).asString(StandardCharsets.UTF_8)
			.endsWith("\n")
			.contains("first")
			.hasLineCount(1);
	}

	@Test
	void whiteSpaceDoesNotMakeAnotherRequest() {
		assertThat(read("{\"threadId\":\"t\",\"runId\":\"r\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}")
			.digest())
			.isEqualTo(read(
					"{\"threadId\": \"t\", \"runId\": \"r\", \"messages\": [{\"role\": \"user\", \"content\": \"x\"}] }")
				.digest());
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "[]", "{", "{\"threadId\":\"t\"}", "{\"threadId\":\"t\",\"runId\":\"a/b\"}",
			"{\"threadId\":\"t\",\"runId\":\"r\",\"messages\":[]}" })
	void refusesWhatIsNoInputAndSaysWhatIsExpected(String body) {
		assertThatIllegalArgumentException().isThrownBy(() -> read(body)).withMessageContaining("(expected: ");
	}

	private static RunInput read(String body) {
		return RunInput.read(body.getBytes(StandardCharsets.UTF_8));
	}

}
