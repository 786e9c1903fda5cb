package dev.pergola.bridge.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

import dev.pergola.bridge.agui.RunInput;
import dev.pergola.bridge.runner.Runner;
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
import static dev.pergola.bridge.run.TestRuns.types;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/** Programs that can go on, wait for answers and be asked to stop. */
@Timeout(60)
class RunsIntegrationTests {

	private static final String GREET = "read hello; echo ready; ";

	@TempDir
	private static Path homes;

	private static TestRuns runs;

	private final String person = UUID.randomUUID().toString();

	@BeforeAll
	static void open() {
		Map<String, Runner> byId = new TreeMap<>();
		byId.put("asks", loop("run) echo \"say $HOME\"; echo wait q1;; resume) echo \"say $HOME\"; echo done; exit;;",
				"reuse.park-timeout", "20s"));
		byId.put("asks-briefly", loop("run) echo wait q1;; resume) echo done;;", "reuse.park-timeout", "300ms"));
		byId.put("chats", loop("run) echo \"say $HOME\"; echo done;;", "reuse.keep", "20s"));
		byId.put("once", loop("run) echo \"say $HOME\"; echo done;;"));
		byId.put("warm", loop("run) echo \"say $HOME\"; echo done; exit;;", "reuse.warm", "1"));
		byId.put("ignores",
				loop("run) echo open; trap '' INT TERM; while :; do sleep 1; done;;", "waits.write", "20s"));
		byId.put("listens", loop("run) echo open;; interrupt) echo stopped; exit;;"));
		byId.put("no-init", TestRunner.script("sleep 60", "waits.start", "300ms"));
		byId.put("input-open", loop("run) read -t 0.3 more; echo \"say $?\"; echo done; exit;;"));
		byId.put("alive",
				loop("run) for i in 1 2 3 4 5 6; do echo alive; sleep 0.2; done; echo say x; echo done; exit;;",
						"silence", "700ms"));
		byId.put("wall", loop("run) for i in $(seq 1 200); do echo alive; sleep 0.1; done;;", "timeout", "500ms"));
		byId.put("spends", loop("run) echo spend 50; echo spend 101;;", "token-budget", "100"));
		byId.put("stays", loop("run) echo say x; echo done; trap '' TERM INT; while :; do sleep 1; done;;",
				"waits.exit", "300ms"));
		byId.put("complains", loop("run) echo oops >&2; printf 'ha' >&2; echo open;;"));
		byId.put("babbles", loop("run) echo nonsense;;"));
		byId.put("late", loop("run) echo say x; echo done; head -c 200000 /dev/zero; exit;;"));
		byId.put("deaf", TestRunner.script(GREET + "sleep 60", "waits.write", "300ms"));
		runs = new TestRuns(homes, byId, (runner) -> new ScriptedDriver());
	}

	@AfterAll
	static void close() {
		runs.close();
	}

	@Test
	@Tag("CLI-14")
	void aProgramThatWaitsGoesOnInTheNextRunOfItsConversation() {
		Run first = start("asks", "t", "{}");
		List<JsonNode> asked = events(first);
		assertThat(asked.getLast().at("/outcome/interrupts/0/id").asString()).isEqualTo("q1");
		assertThat(asked.getLast().at("/outcome/interrupts/0/expiresAt").asString()).isNotEmpty();
		assertThat(first.state()).isEqualTo(RunState.PARKED);
		Run second = start("asks", "t", "{\"resume\":[{\"interruptId\":\"q1\",\"status\":\"resolved\"}]}");
		List<JsonNode> answered = events(second);
		assertThat(text(answered)).as("the very program").isEqualTo(text(asked));
		assertThat(outcome(answered)).isEqualTo("success");
		assertThat(first.state()).isEqualTo(RunState.SUCCEEDED);
	}

	@Test
	@Tag("CLI-14")
	void nobodyElseAnswersForThem() {
		events(start("asks", "t", "{}"));
		Caller stranger = new Caller("stranger", "", "", null);
		Caller otherTenant = new Caller(this.person, "", "other", null);
		for (Caller caller : List.of(stranger, otherTenant)) {
			Run run = runs.start(caller, "asks", "t", "{\"resume\":[{}]}");
			assertThat(events(run).getLast().path("code").asString()).isEqualTo("AGENT_INTERRUPT_EXPIRED");
		}
	}

	@Test
	@Tag("CLI-14")
	void aProgramNobodyAnswersIsEnded() {
		Run run = start("asks-briefly", "t", "{}");
		events(run);
		await().atMost(Duration.ofSeconds(5)).until(() -> run.state() == RunState.CANCELLED);
		assertThat(events(start("asks-briefly", "t", "{\"resume\":[{}]}")).getLast().path("code").asString())
			.isEqualTo("AGENT_INTERRUPT_EXPIRED");
		assertThat(types(events(run))).as("one terminal event only").containsOnlyOnce("RUN_FINISHED");
	}

	@Test
	@Tag("CLI-14")
	void aRunThatWaitsCanBeCancelled() {
		Run run = start("asks", "t", "{}");
		events(run);
		runs.all().cancel(run.id());
		await().atMost(Duration.ofSeconds(5)).until(() -> run.state() == RunState.CANCELLED);
	}

	@Test
	void onlySoManyProgramsWait() {
		List<Run> waiting = List.of(start("asks", "a", "{}"), start("asks", "b", "{}"), start("asks", "c", "{}"),
				start("asks", "d", "{}"));
		waiting.forEach(TestRuns::events);
		await().atMost(Duration.ofSeconds(5))
			.until(() -> waiting.stream().filter((run) -> run.state() == RunState.PARKED).count() <= 3);
		await().until(() -> runs.counter("evictions", "place", "parked") > 0);
	}

	@Test
	@Tag("CLI-24")
	void aProgramThatIsKeptServesItsOwnConversationOnly() {
		String program = text(events(start("chats", "t", "{}")));
		assertThat(text(events(start("chats", "t", "{}")))).isEqualTo(program);
		assertThat(text(events(start("chats", "other", "{}")))).isNotEqualTo(program);
		Caller otherTenant = new Caller(this.person, "", "other", null);
		assertThat(text(events(runs.start(otherTenant, "chats", "t", "{}")))).isNotEqualTo(program);
		assertThat(text(events(start("once", "t", "{}")))).isNotEqualTo(text(events(start("once", "t", "{}"))));
	}

	@Test
	@Tag("CLI-23")
	void onlySoManyProgramsAreKept() {
		String first = text(events(start("chats", "1", "{}")));
		List.of("2", "3", "4").forEach((thread) -> events(start("chats", thread, "{}")));
		assertThat(text(events(start("chats", "1", "{}")))).as("the longest waiting was ended").isNotEqualTo(first);
	}

	@Test
	@Tag("CLI-14")
	void aPlaceInAnotherRunIsNoPlaceInThisOne() {
		Run one = start("once", "t", "{}");
		Run other = start("once", "t", "{}");
		events(one);
		String id = other.after(0).blockFirst(Duration.ofSeconds(30)).id().toString();
		assertThat(other.cursor(id)).isEqualTo(1);
		assertThatExceptionOfType(RunNotFoundException.class).isThrownBy(() -> one.cursor(id));
		assertThatExceptionOfType(RunNotFoundException.class).isThrownBy(() -> one.cursor("nonsense"));
	}

	@Test
	@Tag("CLI-24")
	void aWarmProgramIsUsedOnce() {
		await().atMost(Duration.ofSeconds(10)).until(() -> runs.all().warmCount("warm") == 1);
		String program = text(events(start("warm", "t", "{}")));
		await().atMost(Duration.ofSeconds(10)).until(() -> runs.all().warmCount("warm") == 1);
		assertThat(text(events(start("warm", "t", "{}")))).isNotEqualTo(program);
	}

	@Test
	@Tag("CLI-16")
	void aProgramThatListensIsAskedFirst() {
		double before = stops("interrupt");
		Run run = start("listens", "t", "{}");
		run.after(1).blockFirst(Duration.ofSeconds(10));
		runs.all().cancel(run.id());
		runs.all().cancel(run.id());
		List<JsonNode> events = events(run);
		assertThat(types(events)).containsExactly("RUN_STARTED", "TEXT_MESSAGE_START", "TEXT_MESSAGE_END",
				"RUN_FINISHED");
		assertThat(outcome(events)).isEqualTo("cancelled");
		await().until(() -> stops("interrupt") == before + 1);
	}

	@Test
	@Tag("CLI-16")
	void aProgramThatDoesNotReadCannotHoldUpItsEnd() {
		Run run = start("ignores", "t", "{}");
		run.after(1).blockFirst(Duration.ofSeconds(10));
		long begin = System.nanoTime();
		runs.all().cancel(run.id());
		assertThat(outcome(events(run))).isEqualTo("cancelled");
		assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
	}

	@Test
	@Tag("CLI-10")
	void errorsAreToldWhileTheProgramRuns() {
		Run run = start("complains", "t", "{}");
		await().atMost(Duration.ofSeconds(10)).until(() -> "oops\n".equals(runs.all().status(run.id()).stderr()));
		assertThat(run.state().isActive()).isTrue();
		runs.all().cancel(run.id());
		events(run);
		assertThat(runs.all().status(run.id()).stderr()).as("all of it").isEqualTo("oops\nha");
	}

	@ParameterizedTest
	@Tag("CLI-15")
	@CsvSource({ "no-init, AGENT_START", "wall, AGENT_TIMEOUT", "spends, AGENT_BUDGET", "babbles, AGENT_PROTOCOL" })
	void aProgramThatTakesTooLongOrTooMuchIsStopped(String runner, String code) {
		List<JsonNode> events = events(start(runner, "t", "{}"));
		assertThat(events.getLast().path("code").asString()).isEqualTo(code);
		assertThat(types(events)).containsOnlyOnce("RUN_ERROR").doesNotContain("RUN_FINISHED");
	}

	@Test
	@Tag("CLI-12")
	void standardInputStaysOpenWhileARunGoesOn() {
		assertThat(text(events(start("input-open", "t", "{}")))).as("waiting, not the end of input").isEqualTo("142");
	}

	@Test
	@Tag("CLI-15")
	void aSignOfLifeIsEnough() {
		assertThat(outcome(events(start("alive", "t", "{}")))).isEqualTo("success");
	}

	@Test
	@Tag("CLI-15")
	void aProgramThatStaysAfterItsResultIsEndedAndTheResultKept() {
		Run run = start("stays", "t", "{}");
		assertThat(outcome(events(run))).isEqualTo("success");
		assertThat(run.ending().usage().path("totalTokens").asInt()).isEqualTo(7);
	}

	@Test
	@Tag("CLI-21")
	void whatComesAfterTheResultIsCountedOnly() {
		double before = runs.counter("late.bytes", "runner", "late");
		assertThat(types(events(start("late", "t", "{}")))).containsExactly("RUN_STARTED", "TEXT_MESSAGE_START",
				"TEXT_MESSAGE_CONTENT", "TEXT_MESSAGE_END", "RUN_FINISHED");
		assertThat(runs.counter("late.bytes", "runner", "late") - before).isBetween(1.0, 200_000.0);
	}

	@Test
	@Tag("CLI-11")
	void aProgramThatDoesNotReadIsStopped() {
		String large = "{\"runId\":\"%s\"}".formatted("x".repeat(200_000));
		RunInput input = new RunInput("t", UUID.randomUUID().toString() + "x".repeat(200_000), "", large, "d");
		List<JsonNode> events = events(runs.all().start(new Caller(this.person, "", "", null), "deaf", input));
		assertThat(events.getLast().path("code").asString()).isEqualTo("AGENT_NOT_READING");
	}

	@Test
	@Tag("CLI-28")
	void whatHappensIsCountedAndTimed() {
		events(start("once", "t", "{}"));
		await().untilAsserted(() -> {
			for (String name : List.of("queue-wait", "spawn", "first-event", "event-gap", "runs")) {
				assertThat(runs.meters().find("pergola.agent-bridge." + name).tag("runner", "once").timers()).as(name)
					.isNotEmpty();
			}
		});
		assertThat(runs.counter("output.bytes", "runner", "once")).isPositive();
		assertThat(runs.meters().find("pergola.agent-bridge.running").gauge()).isNotNull();
		assertThat(runs.meters().find("pergola.agent-bridge.orphans").counter()).isNotNull();
	}

	@Test
	@Tag("CLI-28")
	void whatAProgramPrintedThatWaitedInVainIsCountedToo() {
		events(start("asks-briefly", "t", "{}"));
		await().atMost(Duration.ofSeconds(10)).until(() -> runs.counter("output.bytes", "runner", "asks-briefly") > 0);
	}

	private static Runner loop(String cases, String... settings) {
		String script = GREET + "while read -r word id; do case $word in " + cases + " esac; done";
		return TestRunner.script(script, settings);
	}

	private Run start(String runner, String thread, String json) {
		return runs.start(this.person, runner, thread, json);
	}

	private static double stops(String step) {
		return runs.counter("stops", "step", step);
	}

}
