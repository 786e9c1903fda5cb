package dev.pergola.bridge.run;

import java.nio.channels.ClosedChannelException;
import java.time.Duration;

import dev.pergola.bridge.agui.RunInput;
import dev.pergola.bridge.runner.TestRunner;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;

import static org.assertj.core.api.Assertions.assertThat;

class EventStreamTests {

	private final EventStream stream = new EventStream(Duration.ofHours(1));

	private final Run run = new Run(new Caller("p", "", "", null), "runner", TestRunner.program("true"),
			new RunInput("t", "r", "", "{}", ""), new RunLog(1L, 100_000));

	@Test
	void endsCleanlyAfterTheLastEvent() {
		this.run.finish(Ending.failed("AGENT_EXIT", "x"));
		StepVerifier.create(data(this.stream.ofStart(this.run, 0)))
			.expectNextMatches((data) -> data.contains("RUN_STARTED"))
			.expectNextMatches((data) -> data.contains("RUN_ERROR"))
			.verifyComplete();
	}

	@Test
	@Tag("CLI-22")
	void aStreamThatStartedARunIsBrokenOffWhenTheBridgeEnds() {
		StepVerifier.create(data(this.stream.ofStart(this.run, 0)))
			.expectNextCount(1)
			.then(this.stream::close)
			.verifyError(ClosedChannelException.class);
	}

	@Test
	@Tag("CLI-22")
	void aReaderWhoComesBackIsToldWhen() {
		Flux<ServerSentEvent<String>> frames = frames(this.stream.of(this.run, 0));
		StepVerifier.create(frames.filter((frame) -> frame.data() != null || frame.retry() != null))
			.expectNextCount(1)
			.then(this.stream::close)
			.assertNext((frame) -> assertThat(frame.retry()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(5)))
			.verifyComplete();
	}

	@Test
	@Tag("CLI-22")
	void aReaderWhoAsksForNothingHoldsNothingUp() {
		StepVerifier.create(frames(this.stream.of(this.run, 0)), 0)
			.then(this.stream::close)
			.thenRequest(10)
			.thenConsumeWhile((frame) -> frame.data() == null || frame.data().contains("RUN_STARTED"))
			.verifyComplete();
	}

	private static Flux<String> data(ResponseEntity<Flux<ServerSentEvent<String>>> answer) {
		return frames(answer).mapNotNull(ServerSentEvent::data);
	}

	private static Flux<ServerSentEvent<String>> frames(ResponseEntity<Flux<ServerSentEvent<String>>> answer) {
		Flux<ServerSentEvent<String>> body = answer.getBody();
		assertThat(body).isNotNull();
		return body;
	}

}
