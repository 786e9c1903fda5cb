package dev.pergola.bridge.run;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.pergola.bridge.agui.RunInput;
import dev.pergola.bridge.driver.TurnEnd;
import dev.pergola.bridge.runner.TestRunner;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@Tag("CLI-14")
class KnownRunsTests {

	private static final Ending FAILED = Ending.failed("AGENT_FAILED", "It failed.");

	private static final Duration RETENTION = Duration.ofMinutes(5);

	private final KnownRuns known = new KnownRuns(new RunLimits(4, 4, 4, 4, 4, 4, DataSize.ofBytes(0),
			new StopWaits(Duration.ZERO, Duration.ZERO, Duration.ZERO), Duration.ZERO, RETENTION, 3,
			DataSize.ofMegabytes(1), DataSize.ofMegabytes(1)));

	@Test
	void whatWasAskedIsNotKeptOfARunThatHasEnded() {
		String prompt = "p".repeat(2_000_000);
		WeakReference<String> asked = new WeakReference<>(prompt);
		Run run = run("r", prompt);
		prompt = null;
		assertThat(run.keptBytes()).isGreaterThan(2_000_000);
		run.finish(FAILED);
		await().atMost(Duration.ofSeconds(10)).until(() -> {
			System.gc();
			return asked.refersTo(null);
		});
		assertThat(run.keptBytes()).isLessThan(1_000);
		assertThat(run.digest()).isEqualTo("digest");
		assertThat(Conversation.of(run).threadId()).isEqualTo("thread");
	}

	@Test
	void errorsOfProgramsTakeRoomToo() {
		for (String id : List.of("a", "b")) {
			Run run = run(id, "");
			run.left(null, "x".repeat(600_000));
			run.finish(FAILED);
		}
		this.known.forget(Instant.now());
		assertThat(this.known.find("a")).isEmpty();
		assertThat(this.known.find("b")).isPresent();
	}

	@Test
	void onlySoManyThatHaveEndedAreKept() {
		Run goesOn = run("goes-on", "");
		List.of("a", "b", "c", "d").forEach((id) -> run(id, "").finish(FAILED));
		this.known.forget(Instant.now());
		assertThat(this.known.find("a")).isEmpty();
		assertThat(this.known.find("b")).isPresent();
		assertThat(this.known.find("goes-on")).containsSame(goesOn);
	}

	@Test
	void aRunWhoseProgramWaitsIsNotForgotten() {
		Run run = run("r", "");
		run.finish(Ending.of(new TurnEnd.Waiting(List.of(), null), run.input(), run.runner().format(), null, true));
		List.of("a", "b", "c", "d").forEach((id) -> run(id, "").finish(FAILED));
		Instant later = Instant.now().plus(RETENTION).plusSeconds(1);
		this.known.forget(later);
		assertThat(this.known.find("r")).containsSame(run);
		run.unpark(RunState.CANCELLED);
		this.known.forget(later);
		assertThat(this.known.find("r")).isEmpty();
	}

	private Run run(String id, String prompt) {
		Run run = new Run(new Caller("p", "team", "", null), "runner", TestRunner.program("true"),
				new RunInput("thread", id, prompt, "{}", "digest"), new RunLog(1L, 100_000));
		this.known.add(run);
		return run;
	}

}
