package dev.pergola.bff.agents;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.pergola.bff.runlog.RunName;
import dev.pergola.testing.SettableClock;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Runs that are large together. */
class RunSizesTests {

	private final SettableClock clock = new SettableClock(Instant.now());

	private final Runs runs = new Runs(RunEngineTests.PROPERTIES, this.clock, RunListener.NONE);

	private final TestDriver driver = new TestDriver();

	private final RunEngine engine = new RunEngine(this.runs, this.driver, this.driver, new TestHome(),
			RunEngineTests.PROPERTIES);

	@Test
	void whatRunsWereAskedCountsTowardsTheSizeOfAll() {
		for (String id : List.of("a", "b")) {
			this.clock.advance(Duration.ofSeconds(1));
			this.engine.start(RunEngineTests.request(id, "x".repeat(600_000))).cancelled();
		}
		this.engine.start(RunEngineTests.request("c"));
		assertThat(this.runs.find(new RunName("key", "a"))).isEmpty();
		assertThat(this.runs.find(new RunName("key", "b"))).isPresent();
	}

	@Test
	void whatThereIsNoRoomForIsForgottenOrEndsTheLargestFirst() {
		this.engine.start(RunEngineTests.request("a", "x".repeat(600_000))).cancelled();
		Run small = this.engine.start(RunEngineTests.request("b", "x".repeat(300_000)));
		Run large = this.engine.start(RunEngineTests.request("c", "x".repeat(900_000)));
		RunEngineTests.sweep(this.engine);
		assertThat(this.runs.find(new RunName("key", "a"))).isEmpty();
		assertThat(RunEngineTests.last(large)).contains("RUN_TOO_LARGE");
		assertThat(small.isOver()).isFalse();
		assertThat(this.driver.cancels()).isEqualTo(1);
		RunEngineTests.sweep(this.engine);
		assertThat(this.runs.find(new RunName("key", "c"))).isEmpty();
		assertThat(small.isOver()).isFalse();
	}

}
