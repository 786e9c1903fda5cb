package dev.pergola.bff.resilience;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class AnswerKindTests {

	@ParameterizedTest
	@ValueSource(strings = { "text/event-stream", "TEXT/Event-Stream", "application/x-ndjson", "application/ndjson",
			"application/json, text/event-stream;q=0.5", "*/*,application/X-NDJSON", " , text/event-stream" })
	void aStreamIsAskedForByItsNameWhereverItStands(String accept) {
		assertThat(AnswerKind.isAskedFor(accept)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "*/*", "text/*", "application/json, text/plain, */*", "text/plain;x=text/event-stream",
			"application/json;profile=\"ndjson\"", "text/event" })
	void everythingElseIsNone(String accept) {
		assertThat(AnswerKind.isAskedFor(accept)).isFalse();
	}

}
