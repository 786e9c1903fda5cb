package dev.pergola.bridge.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

import dev.pergola.bridge.driver.TextDriver;
import dev.pergola.bridge.process.Processes;
import dev.pergola.bridge.runner.Runner;
import dev.pergola.bridge.runner.RunnerInput;
import dev.pergola.bridge.runner.TestRunner;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import static dev.pergola.bridge.run.TestRuns.events;
import static dev.pergola.bridge.run.TestRuns.outcome;
import static dev.pergola.bridge.run.TestRuns.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

/**
 * Runs whose programs are in bubblewrap go as others do. Skipped where there is no bwrap
 * that works.
 */
@Tag("CLI-25")
@Timeout(60)
class SandboxedRunsIntegrationTests {

	private static final String FOREVER = "4242." + Math.abs(UUID.randomUUID().getLeastSignificantBits());

	@TempDir
	private static Path homes;

	@TempDir
	private static Path tools;

	private static TestRuns runs;

	@BeforeAll
	static void open() throws Exception {
		assumeThat(Processes.haveBubblewrap()).as("a program bwrap that may make namespaces here").isTrue();
		Path broken = Files.writeString(tools.resolve("broken"), "#!/no/such/interpreter\n");
		assertThat(broken.toFile().setExecutable(true)).isTrue();
		Map<String, Runner> byId = new TreeMap<>();
		byId.put("echo", boxed("cat"));
		byId.put("fails", boxed("printf half; exit 9"));
		byId.put("killed", boxed("kill -KILL $$"));
		byId.put("silent", boxed("exit 0"));
		byId.put("broken",
				TestRunner.program(broken.toString(), "sandbox.profile", "bubblewrap", "directory", tools.toString()));
		byId.put("refused", boxed("cat", "sandbox.writable", "/no/such/folder"));
		byId.put("ends-on-signal", boxed("trap 'printf bye; exit 0' INT; printf x; while :; do read -t 0.05; done"));
		byId.put("listens-to-nothing",
				boxed("trap '' TERM INT; setsid sleep " + FOREVER + " & printf x; while :; do sleep 1; done"));
		byId.put("secret",
				boxed("printf %s \"$MODEL_KEY\"; echo $MODEL_KEY >&2", "environment.MODEL_KEY", "canary-7654321"));
		byId.put("warm", boxed("cat > /tmp/said; cat /tmp/said", "reuse.warm", "1"));
		runs = new TestRuns(homes, byId, (runner) -> new TextDriver(RunnerInput.PROMPT));
	}

	@AfterAll
	static void close() {
		if (runs != null) {
			runs.close();
		}
	}

	@Test
	void aPersonIsAnswered() {
		List<JsonNode> events = events(start("echo"));
		assertThat(text(events)).isEqualTo("hello");
		assertThat(outcome(events)).isEqualTo("success");
	}

	@ParameterizedTest
	@Tag("CLI-20")
	@CsvSource({ "fails, AGENT_EXIT, 9,", "killed, AGENT_EXIT, 137, 9", "silent, AGENT_NO_RESULT, 0,",
			"broken, AGENT_START, 127,", "refused, AGENT_START, ," })
	void howAProgramEndsIsToldAsWithoutASandbox(String runner, String code, Integer exit, Integer signal) {
		Run run = start(runner);
		assertThat(events(run).getLast().path("code").asString()).isEqualTo(code);
		assertThat(runs.all().status(run.id()).exitCode()).isEqualTo(exit);
		assertThat(runs.all().status(run.id()).signal()).isEqualTo(signal);
	}

	@Test
	@Tag("CLI-16")
	void theSignalOfAKeyboardReachesTheProgramItself() {
		Run run = cancel("ends-on-signal");
		assertThat(text(events(run))).isEqualTo("xbye");
		await().until(() -> runs.counter("stops", "step", "sigint") > 0);
	}

	@Test
	@Tag("CLI-17")
	void aProgramThatListensToNothingIsGoneWithAllItStarted() {
		Run run = cancel("listens-to-nothing");
		assertThat(outcome(events(run))).isEqualTo("cancelled");
		assertThat(Processes.sleeping(FOREVER)).isZero();
	}

	@Test
	@Tag("CLI-26")
	void itsSecretsAreHidden() {
		Run run = start("secret");
		assertThat(text(events(run))).isEqualTo("[hidden]");
		assertThat(run.errors()).isEqualTo("[hidden]\n");
	}

	@Test
	@Tag("CLI-24")
	void aProgramThatStoodReadyIsUsed() {
		await().until(() -> runs.all().warmCount("warm") == 1);
		assertThat(text(events(start("warm")))).isEqualTo("hello");
	}

	private static Run cancel(String runner) {
		Run run = start(runner);
		run.after(2).blockFirst(Duration.ofSeconds(20));
		runs.all().cancel(run.id());
		return run;
	}

	private static Run start(String runner) {
		return runs.start("p", runner, UUID.randomUUID().toString(), "{}");
	}

	private static Runner boxed(String script, String... settings) {
		String[] all = new String[settings.length + 2];
		System.arraycopy(settings, 0, all, 2, settings.length);
		all[0] = "sandbox.profile";
		all[1] = "bubblewrap";
		return TestRunner.script(script, all);
	}

}
