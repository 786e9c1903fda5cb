package dev.pergola.bridge.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.pergola.bridge.runner.Runner;
import dev.pergola.bridge.runner.TestRunner;
import dev.pergola.bridge.trace.Traces;
import dev.pergola.bridge.trace.TracingProperties;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static dev.pergola.bridge.run.TestRuns.events;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Runs for which nobody has time: the machine, or those who wanted them. */
@Timeout(60)
@Tag("CLI-23")
class QueueIntegrationTests {

	private static final String ANSWER = "{\"resume\":[{\"interruptId\":\"q\",\"status\":\"resolved\"}]}";

	private static final String ASKS = "read hello; echo ready; while read -r word id; do case $word in run) echo wait q;; resume) echo done; exit;; esac; done";

	@TempDir
	private Path homes;

	@Test
	void aProgramThatHasItsAnswerAndWhoseTurnDoesNotComeIsEnded() {
		try (TestRuns runs = new TestRuns(this.homes, runners(), (runner) -> new ScriptedDriver(), 1, 25, traces())) {
			events(runs.start("p", "asks", "t", "{}"));
			Run busy = runs.start("p", "busy", "t", "{}");
			Run answered = runs.start("p", "asks", "t", ANSWER);
			List<String> types = TestRuns.types(events(answered));
			assertThat(types).endsWith("RUN_ERROR").doesNotContain("RUN_FINISHED");
			assertThat(events(answered).getLast().path("code").asString()).isEqualTo("AGENT_QUEUE_TIMEOUT");
			assertThat(busy.state().isActive()).isTrue();
		}
	}

	@Test
	void nothingIsSaidOfErrorsOfAProgramThatIsNotThere() {
		try (TestRuns runs = new TestRuns(this.homes, runners(), (runner) -> new ScriptedDriver(), 1, 25, traces())) {
			runs.start("p", "busy", "t", "{}");
			Run waits = runs.start("p", "busy", "t2", "{}");
			assertThat(runs.all().status(waits.id()).stderr()).isNull();
			runs.all().cancel(waits.id());
			events(waits);
			assertThat(runs.all().status(waits.id()).stderr()).isNull();
		}
	}

	@Test
	void aRunThatNobodyReadsIsEnded() {
		try (TestRuns unread = new TestRuns(this.homes, runners(), (runner) -> new ScriptedDriver(), 2, 25, traces(),
				Duration.ofSeconds(2))) {
			Run read = unread.start("p", "busy", "t", "{}");
			var reader = read.after(0).subscribe();
			Run run = unread.start("p", "busy", "t2", "{}");
			await().atMost(Duration.ofSeconds(20)).until(() -> !run.state().isActive());
			assertThat(events(run).getLast().path("code").asString()).isEqualTo("AGENT_UNREAD");
			assertThat(read.state().isActive()).isTrue();
			reader.dispose();
		}
	}

	private static Traces traces() {
		return new Traces(new TracingProperties(null, Map.of(), Duration.ofSeconds(1), 10));
	}

	private static Map<String, Runner> runners() {
		return Map.of("asks", TestRunner.script(ASKS, "reuse.park-timeout", "2s"), "busy",
				TestRunner.script("read hello; echo ready; read run; echo open; sleep 50"));
	}

}
