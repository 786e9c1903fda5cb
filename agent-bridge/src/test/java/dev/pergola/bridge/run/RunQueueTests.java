package dev.pergola.bridge.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.pergola.bridge.runner.Runner;
import dev.pergola.bridge.runner.RunnerInput;
import org.junit.jupiter.api.Test;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RunQueueTests {

	private final List<String> launched = new ArrayList<>();

	private final RunQueue queue = new RunQueue(1, 2, (run) -> this.launched.add(run.id()));

	private final Run first = run("first");

	private final Run second = run("second");

	private final Run third = run("third");

	@Test
	void runsGoInOrderAsPlacesBecomeFree() {
		this.queue.add(this.first);
		this.queue.add(this.second);
		this.queue.add(this.third);
		assertThat(this.launched).containsExactly("first");
		this.queue.remove(this.first);
		this.queue.remove(this.second);
		assertThat(this.launched).containsExactly("first", "second", "third");
	}

	@Test
	void aRunThatWaitsHearsOfItsPosition() {
		this.queue.add(this.first);
		this.queue.add(this.second);
		this.queue.add(this.third);
		this.queue.remove(this.second);
		assertThat(this.third.after(1).take(2).map(RunEvent::data).collectList().block()).satisfiesExactly(
				(event) -> assertThat(event).contains("\"position\":2"),
				(event) -> assertThat(event).contains("\"position\":1"));
	}

	@Test
	void aFullQueueRefuses() {
		this.queue.add(this.first);
		this.queue.add(this.second);
		this.queue.add(this.third);
		assertThatThrownBy(() -> this.queue.add(run("fourth"))).isInstanceOf(TooManyRunsException.class);
	}

	private static Run run(String id) {
		Runner runner = new Runner(null, List.of("true"), RunnerInput.PROMPT, null, Map.of(), Duration.ofMinutes(1),
				Duration.ofMinutes(1), DataSize.ofMegabytes(1));
		return new Run("person", "runner", runner, new RunInput("t", id, "", "{}", ""), 1L);
	}

}
