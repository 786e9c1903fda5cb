package dev.pergola.bridge.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import dev.pergola.bridge.agui.RunInput;
import dev.pergola.bridge.driver.Dialogue;
import dev.pergola.bridge.driver.DialogueException;
import dev.pergola.bridge.driver.Driver;
import dev.pergola.bridge.driver.EventSink;
import dev.pergola.bridge.driver.TurnEnd;
import dev.pergola.bridge.process.Isolation;
import dev.pergola.bridge.process.Launcher;
import dev.pergola.bridge.runner.Runner;
import dev.pergola.bridge.runner.Runners;
import dev.pergola.bridge.runner.TestRunner;
import dev.pergola.bridge.trace.Traces;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import static dev.pergola.bridge.run.TestRuns.events;
import static dev.pergola.bridge.run.TestRuns.outcome;
import static dev.pergola.bridge.run.TestRuns.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/** What becomes of programs where a run ends at an odd moment. */
@Timeout(60)
class LastMomentIntegrationTests {

	private static final Map<String, Runner> RUNNERS = Map.of("chats", TestRunner.script(
			"read hello; echo ready; while read -r word id; do case $word in run) echo \"say $HOME\"; echo done;; esac; done",
			"reuse.keep", "20s"));

	@TempDir
	private Path homes;

	@Test
	@Tag("CLI-16")
	void aProgramThatIsToStopWhileItIsPutAsideServesNoOtherRun() {
		AtomicReference<Runnable> beforeItIsKept = new AtomicReference<>(() -> {
		});
		Driver driver = (io) -> new Hooked(new ScriptedDriver().open(io)) {
			@Override
			public boolean canGoOn() {
				boolean can = super.canGoOn();
				beforeItIsKept.get().run();
				return can;
			}
		};
		try (TestRuns runs = new TestRuns(this.homes, RUNNERS, (runner) -> driver)) {
			beforeItIsKept.set(() -> runs.all().cancel("r1"));
			Run first = runs.all().start(new Caller("p", "", "", null), "chats", new RunInput("t", "r1", "", "{}", ""));
			List<tools.jackson.databind.JsonNode> told = events(first);
			assertThat(outcome(told)).isEqualTo("cancelled");
			beforeItIsKept.set(() -> {
			});
			assertThat(text(events(runs.start("p", "chats", "t", "{}")))).isNotEqualTo(text(told));
		}
	}

	@Test
	@Tag("CLI-14")
	void whateverBreaksTheBridgeLeavesNoProgram() {
		Driver inATurn = (io) -> new Hooked(new ScriptedDriver().open(io)) {
			@Override
			public TurnEnd turn(RunInput input, EventSink events) {
				throw new NoClassDefFoundError("broken");
			}
		};
		Driver beforeIt = (io) -> {
			throw new NoClassDefFoundError("broken");
		};
		Driver afterIt = (io) -> new Hooked(new ScriptedDriver().open(io)) {
			@Override
			public TurnEnd turn(RunInput input, EventSink events) {
				return new TurnEnd.Waiting(List.of(new Unreadable()), null);
			}
		};
		for (Driver driver : List.of(inATurn, beforeIt, afterIt)) {
			try (TestRuns runs = new TestRuns(this.homes, RUNNERS, (runner) -> driver)) {
				assertThat(events(runs.start("p", "chats", "t", "{}")).getLast().path("code").asString())
					.isEqualTo("AGENT_FAILED");
			}
		}
	}

	@Test
	@Tag("CLI-14")
	void aRunWhoseProgramDiedWhileItWaitedIsOver() throws Exception {
		try (Launcher launcher = new Launcher(this.homes, Isolation.AUTO, null, null);
				Programs programs = programs(launcher)) {
			Run run = new Run(new Caller("p", "", "", null), "chats", RUNNERS.get("chats"),
					new RunInput("t", "r1", "", "{}", ""), new RunLog(1L, 10_000));
			Program program = programs.take(run, Map.of());
			run.finish(Ending.of(new TurnEnd.Waiting(List.of(), null), run.input(), run.runner().format(), null, true));
			programs.park(run, program);
			program.process().kill();
			assertThat(programs.claim(Conversation.of(run))).isEmpty();
			assertThat(run.state()).isEqualTo(RunState.CANCELLED);
		}
	}

	@Test
	@Tag("CLI-24")
	void noProgramStandsReadyWhereTheMachineHasNoRoom() throws Exception {
		Map<String, Runner> byId = Map.of("warm", TestRunner.script("read hello; echo ready; cat", "reuse.warm", "1"));
		AtomicBoolean hasRoom = new AtomicBoolean();
		RunMeters meters = new RunMeters(new SimpleMeterRegistry());
		try (Launcher launcher = new Launcher(this.homes, Isolation.AUTO, null, null);
				Retirement retirement = new Retirement(meters);
				WarmPrograms warm = new WarmPrograms(new Starter(launcher, (runner) -> new ScriptedDriver(), meters),
						new Runners(byId), hasRoom::get, retirement)) {
			warm.refresh();
			assertThat(warm.count("warm")).isZero();
			hasRoom.set(true);
			awaitReady(warm, 1);
		}
	}

	@Test
	@Tag("CLI-24")
	void aProgramThatEndedDoesNotStandReady() throws Exception {
		Path life = Files.createFile(this.homes.resolve("life"));
		Map<String, Runner> byId = Map.of("warm", TestRunner
			.script("read hello; echo ready; while [ -e %s ]; do sleep 0.05; done".formatted(life), "reuse.warm", "1"));
		AtomicBoolean hasRoom = new AtomicBoolean(true);
		RunMeters meters = new RunMeters(new SimpleMeterRegistry());
		try (Launcher launcher = new Launcher(this.homes, Isolation.AUTO, null, null);
				Retirement retirement = new Retirement(meters);
				WarmPrograms warm = new WarmPrograms(new Starter(launcher, (runner) -> new ScriptedDriver(), meters),
						new Runners(byId), hasRoom::get, retirement, Duration.ZERO)) {
			awaitReady(warm, 1);
			hasRoom.set(false);
			Files.delete(life);
			awaitReady(warm, 0);
			Files.createFile(life);
			hasRoom.set(true);
			awaitReady(warm, 1);
		}
	}

	@ParameterizedTest
	@CsvSource({ "done, success, ''", "fail, '', api_400" })
	@Tag("CLI-20")
	void aStopThatComesWhileAProgramGoesAwayChangesNothing(String word, String outcome, String code) throws Exception {
		Path leaving = this.homes.resolve("leaving");
		Path away = this.homes.resolve("away");
		Runner slow = TestRunner.script(
				"trap '' INT; read hello; echo ready; read run; echo %s; cat > /dev/null; : > %s; while [ ! -e %s ]; do sleep 0.05; done"
					.formatted(word, leaving, away),
				"waits.exit", "30s");
		try (TestRuns runs = new TestRuns(this.homes, Map.of("slow", slow), (runner) -> new ScriptedDriver())) {
			Run run = runs.start("p", "slow", "t", "{}");
			await().until(() -> Files.exists(leaving));
			runs.all().cancel(run.id());
			Files.createFile(away);
			List<tools.jackson.databind.JsonNode> told = events(run);
			assertThat(outcome(told)).isEqualTo(outcome);
			assertThat(told.getLast().path("code").asString("")).isEqualTo(code);
		}
	}

	@Test
	@Tag("CLI-28")
	void theSpanOfARefusedRunEnds() {
		List<SpanData> spans = new CopyOnWriteArrayList<>();
		Traces traces = new Traces(SimpleSpanProcessor.create(new Collected(spans)));
		Caller caller = new Caller("p", "", "", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
		Map<String, Runner> runners = Map.of("stays", TestRunner.script("read hello; echo ready; cat"));
		try (TestRuns runs = new TestRuns(this.homes, runners, (runner) -> new ScriptedDriver(), 1, 0, traces)) {
			runs.start("p", "stays", "t", "{}");
			assertThatExceptionOfType(TooManyRunsException.class)
				.isThrownBy(() -> runs.start(caller, "stays", "t", "{}"));
			assertThat(spans).singleElement()
				.satisfies((span) -> assertThat(span.getAttributes().get(AttributeKey.stringKey("pergola.outcome")))
					.isEqualTo("refused"));
		}
	}

	private static void awaitReady(WarmPrograms warm, int count) {
		await().atMost(Duration.ofSeconds(20)).until(() -> {
			warm.refresh();
			return warm.count("warm") == count;
		});
	}

	private static Programs programs(Launcher launcher) {
		RunMeters meters = new RunMeters(new SimpleMeterRegistry());
		Driver driver = new ScriptedDriver();
		return new Programs(new Starter(launcher, (runner) -> driver, meters), new Runners(RUNNERS), () -> true, meters,
				3, 3);
	}

	/** An interrupt of which the run cannot tell. */
	private static final class Unreadable extends ObjectNode {

		private Unreadable() {
			super(JsonNodeFactory.instance);
		}

		@Override
		public boolean has(String name) {
			throw new NoClassDefFoundError("broken");
		}

	}

	/** A dialogue with something of its own. */
	private static class Hooked implements Dialogue {

		private final Dialogue dialogue;

		Hooked(Dialogue dialogue) {
			this.dialogue = dialogue;
		}

		@Override
		public void handshake() throws IOException, InterruptedException, DialogueException {
			this.dialogue.handshake();
		}

		@Override
		public TurnEnd turn(RunInput input, EventSink events)
				throws IOException, InterruptedException, DialogueException {
			return this.dialogue.turn(input, events);
		}

		@Override
		public boolean interrupt() {
			return this.dialogue.interrupt();
		}

		@Override
		public boolean canGoOn() {
			return this.dialogue.canGoOn();
		}

	}

	/** Keeps what is exported. */
	private record Collected(List<SpanData> spans) implements SpanExporter {

		@Override
		public CompletableResultCode export(Collection<SpanData> more) {
			this.spans.addAll(more);
			return CompletableResultCode.ofSuccess();
		}

		@Override
		public CompletableResultCode flush() {
			return CompletableResultCode.ofSuccess();
		}

		@Override
		public CompletableResultCode shutdown() {
			return CompletableResultCode.ofSuccess();
		}

	}

}
