package dev.pergola.bridge.agui;

import java.nio.charset.StandardCharsets;

import dev.pergola.bridge.runner.RunnerInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

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

	@Test
	void theHistoryIsWhatWasSaidBeforeThePrompt() {
		RunInput input = read("""
				{"threadId": "t", "runId": "r", "messages": [
				  {"role": "system", "content": "be kind"}, {"role": "user", "content": "first"},
				  {"role": "assistant", "content": "", "toolCalls": []}, {"role": "tool", "content": "42"},
				  {"role": "assistant", "content": "answer"}, {"role": "user", "content": "second"}]}""");
		assertThat(input.history()).containsExactly(new Message("user", "first"), new Message("assistant", "answer"));
	}

	@Test
	void answersToInterruptsAreReadInOrder() {
		RunInput input = read("""
				{"threadId": "t", "runId": "r", "messages": [{"role": "user", "content": "x"}], "resume": [
				  {"interruptId": "a", "status": "resolved", "payload": {"decision": "once"}},
				  {"interruptId": "b", "status": "cancelled"}, {"interruptId": "c", "payload": true}]}""");
		assertThat(input.resume()).extracting(Resume::interruptId, Resume::resolved)
			.containsExactly(tuple("a", true), tuple("b", false), tuple("c", false));
		assertThat(input.resume().getFirst().payload().path("decision").asString()).isEqualTo("once");
		assertThat(read("{\"threadId\":\"t\",\"runId\":\"r\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}")
			.resume()).isEmpty();
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
