package dev.pergola.bridge.run;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import dev.pergola.bridge.agui.RunInput;
import dev.pergola.bridge.process.Isolation;
import dev.pergola.bridge.process.Launcher;
import dev.pergola.bridge.runner.Runner;
import dev.pergola.bridge.runner.Runners;
import dev.pergola.bridge.runner.TestRunner;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Whose program is ended where too many wait. */
@Timeout(60)
@Tag("CLI-23")
class ProgramsIntegrationTests {

	private static final Runner RUNNER = TestRunner.script("echo oops >&2; cat", "reuse.park-timeout", "20s",
			"reuse.keep", "20s");

	@TempDir
	private Path homes;

	private Launcher launcher;

	private Programs programs;

	@BeforeEach
	void open() {
		this.launcher = new Launcher(this.homes, Isolation.AUTO, null, null);
		RunMeters meters = new RunMeters(new SimpleMeterRegistry());
		this.programs = new Programs(new Starter(this.launcher, (runner) -> new ScriptedDriver(), meters),
				new Runners(Map.of("waits", RUNNER)), () -> true, meters, 2, 2);
	}

	@AfterEach
	void close() {
		this.programs.close();
		this.launcher.close();
	}

	@Test
	void whoHasMostQuestionsOpenLosesTheOldest() throws IOException {
		Run ann = park("ann", "1");
		Run bob = park("bob", "1");
		Run again = park("bob", "2");
		assertThat(this.programs.claim(Conversation.of(ann))).isPresent().get().satisfies(Program::close);
		assertThat(this.programs.claim(Conversation.of(bob))).isEmpty();
		assertThat(this.programs.claim(Conversation.of(again))).isPresent().get().satisfies(Program::close);
	}

	@Test
	void whereAllHaveAsManyTheLongestWaitingIsEnded() throws IOException {
		Run ann = park("ann", "1");
		park("bob", "1");
		park("cid", "1");
		assertThat(this.programs.claim(Conversation.of(ann))).isEmpty();
		assertThat(this.programs.parkedCount()).isEqualTo(2);
	}

	@Test
	void whoHasMostProgramsKeptLosesTheOldest() throws IOException {
		Program kept = keep("ann", "1");
		keep("bob", "1");
		keep("bob", "2");
		assertThat(this.programs.take(run("ann", "1"), Map.of())).isSameAs(kept).satisfies(Program::close);
	}

	@Test
	@Tag("CLI-10")
	void whatAKeptProgramComplainedOfIsNotTheNextRuns() throws IOException {
		Program kept = keep("ann", "1");
		await().atMost(Duration.ofSeconds(10)).until(() -> kept.process().errors().equals("oops\n"));
		assertThat(this.programs.take(run("ann", "1"), Map.of())).isSameAs(kept);
		this.programs.keep(run("ann", "1"), kept);
		assertThat(kept.process().errors()).isEmpty();
		assertThat(kept.process().errorsSoFar()).isEmpty();
	}

	private Run park(String person, String thread) throws IOException {
		Run run = run(person, thread);
		this.programs.park(run, this.programs.take(run, Map.of()));
		return run;
	}

	private Program keep(String person, String thread) throws IOException {
		Run run = run(person, thread);
		Program program = this.programs.take(run, Map.of());
		this.programs.keep(run, program);
		return program;
	}

	private static Run run(String person, String thread) {
		return new Run(new Caller(person, "", "", null), "waits", RUNNER,
				new RunInput(thread, person + thread, "", "{}", ""), new RunLog(1L, 10_000));
	}

}
