package dev.pergola.bridge.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;

import dev.pergola.bridge.agui.RunInput;
import dev.pergola.bridge.driver.TextDriver;
import dev.pergola.bridge.process.Processes;
import dev.pergola.bridge.runner.Runner;
import dev.pergola.bridge.runner.RunnerInput;
import dev.pergola.bridge.runner.TestRunner;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static dev.pergola.bridge.run.TestRuns.events;
import static dev.pergola.bridge.run.TestRuns.outcome;
import static dev.pergola.bridge.run.TestRuns.text;
import static dev.pergola.bridge.run.TestRuns.types;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

/**
 * Programs that do what they should not. After each no process is left and every place is
 * free.
 */
@Timeout(60)
class FaultsIntegrationTests {

	private static final String FOREVER = "4242." + Math.abs(UUID.randomUUID().getLeastSignificantBits());

	/** Whatever ends a run of these, no wait did. */
	private static final String[] NO_WAITS = { "waits.start", "1h", "waits.exit", "1h" };

	@TempDir
	private static Path homes;

	private static TestRuns runs;

	@BeforeAll
	static void open() {
		Map<String, Runner> byId = new TreeMap<>();
		byId.put("echo", TestRunner.script("cat"));
		byId.put("long-line", lines("head -c 100000000 /dev/zero | tr '\\0' x; echo; echo done"));
		byId.put("not-text", lines("printf 'say a\\377b\\n'; echo done"));
		byId.put("split", lines("printf 'say \\360\\237'; sleep 0.1; printf '\\230\\200\\ndone\\n'"));
		byId.put("early", lines("exit 0"));
		byId.put("early-code", lines("echo say half; exit 9"));
		byId.put("after", lines("echo say whole; echo done; exit 9"));
		byId.put("killed", lines("kill -KILL $$"));
		byId.put("stops-itself", lines("setsid sleep " + FOREVER + " & echo say x; kill -STOP $$", "silence", "700ms"));
		byId.put("leaves", TestRunner.script("setsid sleep " + FOREVER + " & printf x; sleep 60", "timeout", "700ms"));
		byId.put("cancel-me", TestRunner
			.script("trap '' TERM INT; setsid sleep " + FOREVER + " & printf x; while :; do sleep 1; done"));
		byId.put("closes-output",
				TestRunner.script("printf x; exec >&-; sleep " + FOREVER, "waits.exit", "300ms", "silence", "700ms"));
		byId.put("shouts", TestRunner.script("yes error | head -c 1000000 >&2; printf x"));
		byId.put("secrets", TestRunner.script("echo \"key is $MODEL_KEY, Bearer canary-1234567\" >&2; exit 3",
				"environment.MODEL_KEY", "canary-7654321"));
		byId.put("nowhere", TestRunner.program("/no/such/program", NO_WAITS));
		byId.put("not-allowed", TestRunner.program("/etc/passwd", NO_WAITS));
		byId.put("no-folder",
				TestRunner.script("cat", "directory", "/no/such/folder", "waits.start", "1h", "waits.exit", "1h"));
		byId.put("unlimited", TestRunner.script("cat", "sandbox.memory", "100MB"));
		byId.put("arguments", TestRunner.script("printf '%s ' $#; cat"));
		byId.put("bad-interpreter", TestRunner.program(badInterpreter()));
		byId.put("where", TestRunner.script("pwd -P", "directory", link("link")));
		byId.put("where-2", TestRunner.script("pwd -P", "directory", link("link-2")));
		byId.put("limited",
				TestRunner.script("ulimit -n; grep NoNewPrivs /proc/self/status", "sandbox.limits.nofile", "57"));
		byId.put("sandboxed", TestRunner.script(
				"echo x > $HOME/scratch && cat $HOME/scratch; touch /pergola-test 2>/dev/null || echo read-only; (: < /dev/tcp/127.0.0.1/9) 2>&1 | grep -q unreachable && echo no-network",
				sandbox("unshare", "--mount", "--net", "sh", "-c",
						"mount --bind \"$0\" \"$0\" && mount -o remount,bind,ro / && exec \"$@\"", "{home}")));
		byId.put("writes-home",
				TestRunner.script("cat > $HOME/config; printf %s \"$HOME \"; sleep 0.2; grep -c hello $HOME/config"));
		byId.put("shows", TestRunner.script("tr '\\0' ' ' < /proc/self/cmdline; cat > /dev/null; sleep 0.3"));
		byId.put("trace", TestRunner.script("printf %s \"$TRACEPARENT\""));
		byId.put("floods", TestRunner.script("yes 0123456789", "output-limit", "64MB"));
		runs = new TestRuns(homes, byId, (runner) -> runner.environment().containsKey("SCRIPTED") ? new ScriptedDriver()
				: new TextDriver(RunnerInput.PROMPT));
	}

	@AfterAll
	static void close() {
		runs.close();
	}

	@AfterEach
	void nothingIsLeft() {
		await().atMost(Duration.ofSeconds(5)).until(() -> runs.gauge("running") == 0);
		assertThat(survivors()).isZero();
	}

	@Test
	@Tag("CLI-8")
	void aLineOfAHundredMegabytesIsRefusedAndCostsNoMemory() {
		List<JsonNode> events = events(start("long-line"));
		assertThat(events.getLast().path("code").asString()).isEqualTo("LINE_TOO_LONG");
	}

	@Test
	@Tag("CLI-7")
	void bytesThatAreNoTextOrComeInPiecesSpoilNothing() {
		assertThat(text(events(start("not-text")))).isEqualTo("a\uFFFDb");
		assertThat(text(events(start("split")))).isEqualTo("😀");
	}

	@ParameterizedTest
	@Tag("CLI-20")
	@CsvSource({ "early, AGENT_NO_RESULT", "early-code, AGENT_EXIT", "killed, AGENT_EXIT", "after, ''" })
	void howAProgramEndsIsTold(String runner, String code) {
		Run run = start(runner);
		List<JsonNode> events = events(run);
		assertThat(events.getLast().path("code").asString("")).isEqualTo(code);
		assertThat(types(events).stream().filter((type) -> type.startsWith("RUN_"))).hasSize(2);
		assertThat(outcome(events)).isEqualTo(code.isEmpty() ? "success" : "");
	}

	@Test
	@Tag("CLI-20")
	void theExitIsKeptForOperators() {
		Run failed = start("early-code");
		events(failed);
		assertThat(runs.all().status(failed.id()).exitCode()).isEqualTo(9);
		Run killed = start("killed");
		events(killed);
		assertThat(runs.all().status(killed.id()).signal()).isEqualTo(9);
	}

	@ParameterizedTest
	@Tag("CLI-6")
	@ValueSource(strings = { "nowhere", "not-allowed", "no-folder", "unlimited" })
	void aProgramThatCannotBeStartedIsToldAtOnce(String runner) {
		Run run = start(runner);
		assertThat(events(run).getLast().path("code").asString()).as("though its waits are long")
			.isEqualTo("AGENT_START");
	}

	@Test
	@Tag("CLI-6")
	void whatTheSystemCannotRunCouldNotBeStarted() {
		assertThat(events(start("bad-interpreter")).getLast().path("code").asString()).isEqualTo("AGENT_START");
	}

	@Test
	@Tag("CLI-17")
	void aProgramThatStoppedItselfIsKilled() {
		assertThat(events(start("stops-itself")).getLast().path("code").asString()).isEqualTo("AGENT_SILENT");
		assertThat(survivors()).isZero();
	}

	@Test
	@Tag("CLI-17")
	void whatLeftItsSessionIsGoneWithTheTerminalEventAfterATimeout() {
		assertThat(events(start("leaves")).getLast().path("code").asString()).isEqualTo("AGENT_TIMEOUT");
		assertThat(survivors()).isZero();
	}

	@Test
	@Tag("CLI-16")
	void aProgramThatListensToNothingIsGoneWithinTheWaits() {
		Run run = start("cancel-me");
		run.after(1).blockFirst(Duration.ofSeconds(20));
		long begin = System.nanoTime();
		runs.all().cancel(run.id());
		assertThat(outcome(events(run))).isEqualTo("cancelled");
		assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(8));
		assertThat(survivors()).isZero();
		await().until(() -> runs.counter("stops", "step", "sigkill") > 0);
	}

	@Test
	@Tag("CLI-20")
	void aProgramThatClosesItsOutputAndStaysIsEnded() {
		assertThat(events(start("closes-output")).getLast().path("code").asString())
			.as("where something else holds the output open, too, silence tells")
			.isIn("AGENT_NO_RESULT", "AGENT_SILENT");
	}

	@Test
	@Tag("CLI-10")
	void standardErrorIsReadAlthoughNobodyWantsIt() {
		Run run = start("shouts");
		assertThat(outcome(events(run))).isEqualTo("success");
		assertThat(run.errors()).hasSizeBetween(60_000, 65_536).startsWith("error\n");
	}

	@Test
	@Tag("CLI-10")
	void secretsOnStandardErrorAreHidden() {
		Run run = start("secrets");
		assertThat(events(run).toString()).doesNotContain("canary", "key is");
		assertThat(run.errors()).contains("key is [hidden]").doesNotContain("canary");
		assertThat(runs.all().status(run.id()).stderr()).doesNotContain("canary");
	}

	@Test
	@Tag("CLI-1")
	void whatAPersonWritesIsInNoCommandLine() {
		String canary = "canary-" + UUID.randomUUID();
		RunInput input = new RunInput("t", UUID.randomUUID().toString(), canary, "{}", "d");
		Run run = runs.all().start(new Caller("p", "", "", null), "shows", input);
		run.after(1).blockFirst(Duration.ofSeconds(20));
		assertThat(Processes.commandLines()).noneMatch((line) -> line.contains(canary));
		assertThat(text(events(run))).doesNotContain(canary);
	}

	@ParameterizedTest
	@Tag("CLI-2")
	@ValueSource(strings = { "--resume=x --help", "-c", "--flag=value", "-- \"$HOME\"" })
	void whatLooksLikeAnArgumentStaysText(String prompt) {
		RunInput input = new RunInput("--thread=t", UUID.randomUUID().toString(), prompt, "{}", "d");
		assertThat(text(events(runs.all().start(new Caller("p", "", "", null), "arguments", input))))
			.isEqualTo("0 " + prompt);
	}

	@Test
	@Tag("CLI-1")
	void aPromptOfAMegabyteArrivesWhole() {
		String prompt = "0123456789abcdef".repeat(65536);
		RunInput input = new RunInput("t", UUID.randomUUID().toString(), prompt, "{}", "d");
		assertThat(text(events(runs.all().start(new Caller("p", "", "", null), "echo", input)))).isEqualTo(prompt);
	}

	@Test
	@Tag("CLI-3")
	void twentyAtOnceHaveTwentyHomesAndSpoilNone() {
		List<Run> all = IntStream.range(0, 20).mapToObj((number) -> start("writes-home")).toList();
		List<String> texts = all.stream().map((run) -> text(events(run))).toList();
		List<String> places = texts.stream().map((text) -> text.split(" ")[0]).toList();
		assertThat(texts).allMatch((text) -> text.endsWith(" 1\n"));
		assertThat(places).doesNotHaveDuplicates().allMatch((home) -> home.startsWith(homes.toString()));
		await().untilAsserted(() -> assertThat(places).noneMatch((home) -> Files.exists(Path.of(home))));
	}

	@Test
	@Tag("CLI-4")
	void theWorkingDirectoryIsTheRealOne() {
		assertThat(text(events(start("where"))).strip()).isEqualTo(homes.resolve("real").toString());
	}

	@Test
	@Tag("CLI-4")
	void aWorkingDirectoryThatComesToLeadElsewhereIsRefused() throws IOException {
		assertThat(outcome(events(start("where-2")))).isEqualTo("success");
		Path link = homes.resolve("link-2");
		Files.delete(link);
		Files.createSymbolicLink(link, Path.of("/"));
		assertThat(events(start("where-2")).getLast().path("code").asString()).isEqualTo("AGENT_START");
	}

	@Test
	@Tag("CLI-25")
	void aProgramHasItsLimitsAndGetsNoFurtherRights() {
		assertThat(text(events(start("limited"))).split("\\s+")).containsExactly("57", "NoNewPrivs:", "1");
	}

	@Test
	@Tag("CLI-25")
	void aProgramRunsInsideItsSandbox() {
		assumeThat(Files.isWritable(Path.of("/proc/sys/kernel/hostname"))).as("may mount").isTrue();
		assertThat(text(events(start("sandboxed")))).isEqualTo("x\nread-only\nno-network\n");
	}

	@Test
	@Tag("CLI-28")
	void aProgramJoinsTheTraceOfItsCaller() {
		String header = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
		assertThat(text(events(runs.start(new Caller("p", "", "", header), "trace", "t", "{}")))).isEqualTo(header);
	}

	@Test
	void aProgramThatSaysMoreThanIsKeptIsStopped() {
		List<JsonNode> events = events(start("floods"));
		assertThat(events.getLast().path("code").asString()).isEqualTo("AGENT_OUTPUT_TOO_LARGE");
	}

	private static Run start(String runner) {
		return runs.start("p", runner, UUID.randomUUID().toString(), "{}");
	}

	private static Runner lines(String script, String... settings) {
		String[] all = Arrays.copyOf(settings, settings.length + 2);
		all[settings.length] = "environment.SCRIPTED";
		all[settings.length + 1] = "yes";
		return TestRunner.script("read hello; echo ready; read run; " + script, all);
	}

	private static String badInterpreter() {
		return executable("bad-interpreter", "#!/no/such/interpreter\n");
	}

	private static String executable(String name, String content) {
		try {
			Path file = Files.writeString(homes.resolve(name), content);
			assertThat(file.toFile().setExecutable(true)).isTrue();
			return file.toString();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String[] sandbox(String... words) {
		String[] settings = new String[words.length * 2];
		for (int index = 0; index < words.length; index++) {
			settings[2 * index] = "sandbox.wrapper[" + index + "]";
			settings[2 * index + 1] = words[index];
		}
		return settings;
	}

	private static String link(String name) {
		try {
			Path real = Files.createDirectories(homes.resolve("real"));
			return Files.createSymbolicLink(homes.resolve(name), real).toString();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static int survivors() {
		return Processes.sleeping(FOREVER);
	}

}
