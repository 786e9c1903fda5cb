package dev.pergola.bff.agents;

import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;

import dev.pergola.bff.agui.Outcome;
import dev.pergola.bff.caller.AccessTokenSource;
import dev.pergola.bff.caller.Caller;
import dev.pergola.bff.problem.BffException;
import dev.pergola.bff.problem.Trace;
import dev.pergola.bff.runlog.RunName;
import dev.pergola.bff.streams.EventId;
import dev.pergola.manifests.Agent;
import dev.pergola.manifests.LocalizedText;
import dev.pergola.manifests.catalog.Audience;
import dev.pergola.testing.SettableClock;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RunEngineTests {

	/** Looks after all runs once. */
	static void sweep(RunEngine engine) {
		for (int step = 0; step < RunEngine.STEPS; step++) {
			engine.sweepPart();
		}
	}

	static final AgentProperties PROPERTIES = new AgentProperties(2, 3, 50, DataSize.ofKilobytes(4),
			DataSize.ofMegabytes(1), DataSize.ofMegabytes(1), DataSize.ofMegabytes(1), 100, Duration.ofMinutes(30),
			Duration.ofMinutes(1), Duration.ofMinutes(15), Duration.ofSeconds(10), Duration.ofMinutes(10), 3,
			Duration.ofMillis(10), 10, Duration.ofMinutes(1), false);

	private final SettableClock clock = new SettableClock(Instant.now());

	private final Runs runs = new Runs(PROPERTIES, this.clock, RunListener.NONE);

	private final TestDriver driver = new TestDriver();

	private final TestHome home = new TestHome();

	private final RunEngine engine = new RunEngine(this.runs, this.driver, this.driver, this.home, PROPERTIES);

	@Test
	void tellsWhatARunCostsWhileItGoes() {
		List<ObjectNode> told = new ArrayList<>();
		Runs heard = new Runs(PROPERTIES, this.clock, new RunListener() {
			@Override
			public void onEvent(RunFacts run, ObjectNode event) {
				told.add(event);
			}
		});
		Run run = new RunEngine(heard, this.driver, this.driver, this.home, PROPERTIES).start(request("r"));
		this.driver.emit("{\"type\":\"CUSTOM\",\"name\":\"pergola.usage\",\"value\":{\"inputTokens\":5}}");
		assertThat(told).last().asString().contains("pergola.usage", "\"inputTokens\":5");
		assertThat(run.log().size()).as("viewers hear of it at the end").isEqualTo(1);
	}

	@Test
	void tellsOfARunThatNobodyWatchesOnce() {
		List<String> abandoned = new ArrayList<>();
		Runs heard = new Runs(PROPERTIES, this.clock, new RunListener() {
			@Override
			public void onAbandon(RunFacts run) {
				abandoned.add(run.runId());
			}
		});
		AgentDriver deaf = new DeafDriver();
		RunEngine others = new RunEngine(heard, deaf, deaf, this.home, PROPERTIES);
		others.start(request("r"));
		this.clock.advance(Duration.ofMinutes(11));
		sweep(others);
		sweep(others);
		assertThat(abandoned).containsExactly("r");
	}

	@Test
	void cancelsARunThatNobodyWatches() {
		Run run = this.engine.start(request("r"));
		this.clock.advance(Duration.ofMinutes(9));
		sweep(this.engine);
		assertThat(run.isOver()).isFalse();
		var viewer = run.log().after(null).subscribe();
		this.clock.advance(Duration.ofMinutes(9));
		sweep(this.engine);
		viewer.dispose();
		this.clock.advance(Duration.ofMinutes(9));
		sweep(this.engine);
		assertThat(run.isOver()).isFalse();
		this.clock.advance(Duration.ofMinutes(2));
		sweep(this.engine);
		assertThat(run.outcome()).isEqualTo(Outcome.CANCELLED);
	}

	@Test
	void keepsARunForABrowserThatIsClosedForFiveMinutes() {
		Run run = this.engine.start(request("r"));
		List<String> seen = new ArrayList<>();
		var viewer = run.log().after(null).subscribe((entry) -> seen.add(entry.id().toString()));
		viewer.dispose();
		for (int second = 0; second < 300; second++) {
			this.clock.advance(Duration.ofSeconds(1));
			sweep(this.engine);
			if (second % 30 == 0) {
				this.driver.emit("{\"type\":\"CUSTOM\",\"name\":\"n\"}");
			}
		}
		run.log()
			.after(EventId.parse(seen.getLast()).orElseThrow())
			.subscribe((entry) -> seen.add(entry.id().toString()));
		this.driver.emit("{\"type\":\"RUN_FINISHED\"}");
		assertThat(seen).hasSize(12).doesNotHaveDuplicates().isSorted();
		assertThat(run.outcome()).isEqualTo(Outcome.FINISHED);
	}

	@Test
	void endsARunThatTakesTooLong() {
		Run run = this.engine.start(request("r"));
		var viewer = run.log().after(null).subscribe();
		this.clock.advance(Duration.ofMinutes(31));
		sweep(this.engine);
		viewer.dispose();
		assertThat(last(run)).contains("RUN_ERROR", "RUN_TOO_LONG");
		assertThat(this.driver.cancels()).isEqualTo(1);
	}

	@Test
	void forgetsARunAfterItsRetention() {
		Run run = this.engine.start(request("r"));
		run.cancelled();
		sweep(this.engine);
		assertThat(this.runs.find(new RunName("key", "r"))).contains(run);
		this.clock.advance(Duration.ofMinutes(16));
		sweep(this.engine);
		assertThat(this.runs.find(new RunName("key", "r"))).isEmpty();
	}

	@Test
	void endsARunThatProducesTooMuch() {
		Run run = this.engine.start(request("r"));
		for (int i = 0; i < 100; i++) {
			this.driver.emit("{\"type\":\"CUSTOM\",\"name\":\"n\"}");
		}
		assertThat(last(run)).contains("RUN_TOO_LARGE");
		assertThat(run.log().size()).isLessThanOrEqualTo(51);
		assertThat(this.driver.followers()).isZero();
		assertThat(this.driver.cancels()).as("the agent would go on").isEqualTo(1);
	}

	@Test
	void tellsWhatBrokeAsExactlyOneEnd() {
		assertThat(failed("a", new ConnectException("secret-host"))).contains("AGENT_UNAVAILABLE")
			.doesNotContain("secret-host");
		assertThat(failed("b", new TimeoutException())).contains("UPSTREAM_SILENT");
		assertThat(failed("c", new java.io.IOException("secret-host"))).contains("UPSTREAM_TRUNCATED");
		assertThat(failed("d", new IllegalStateException("secret-host"))).contains("INTERNAL")
			.doesNotContain("secret-host");
	}

	@Test
	void makesRoomByForgettingTheOldestThatIsOver() {
		for (String id : List.of("a", "b", "c")) {
			this.clock.advance(Duration.ofSeconds(1));
			this.engine.start(request(id)).cancelled();
		}
		this.clock.advance(Duration.ofSeconds(1));
		this.engine.start(request("d"));
		assertThat(this.runs.find(new RunName("key", "a"))).isEmpty();
		assertThat(this.runs.find(new RunName("key", "b"))).isPresent();
		this.engine.start(request("e"));
		assertThatExceptionOfType(BffException.class).isThrownBy(() -> this.engine.start(request("f")));
	}

	@Test
	void countsRunsThatAreAboutToBeginLikeThoseThatHave() {
		Run first = this.runs.prepare(request("a"));
		Run second = this.runs.prepare(request("b"));
		assertThatExceptionOfType(BffException.class).isThrownBy(() -> this.runs.prepare(request("c")));
		this.runs.release(first);
		Run third = this.runs.prepare(request("c"));
		this.runs.put(second);
		this.runs.put(third);
		this.runs.release(third);
		assertThatExceptionOfType(BffException.class).isThrownBy(() -> this.runs.prepare(request("d")));
	}

	@Test
	void whatIsAskedForTwiceAtOnceCountsOnce() {
		Run first = this.runs.prepare(request("a"));
		Run second = this.runs.prepare(request("b"));
		Run again = this.runs.prepare(request("b"));
		this.runs.release(first);
		Run third = this.runs.prepare(request("c"));
		this.runs.put(second);
		this.runs.put(third);
		this.runs.release(again);
		assertThatExceptionOfType(BffException.class).isThrownBy(() -> this.runs.prepare(request("d")));
	}

	@Test
	void whatARunOfAnotherNodeSaysIsNotTakenForItsEnd() {
		Run run = new Run(request("r"), PROPERTIES, 1, this.clock.instant());
		List<String> types = List.of("RUN_STARTED", "TEXT_MESSAGE_CONTENT", "RUN_FINISHED");
		for (int i = 0; i < types.size(); i++) {
			assertThat(run.isOver()).isFalse();
			byte[] event = "{\"type\":\"%s\",\"messageId\":\"m\",\"delta\":\"RUN_ERROR\"}".formatted(types.get(i))
				.getBytes(StandardCharsets.UTF_8);
			run.show(new EventId(1, i + 1), event);
		}
		assertThat(run.outcome()).isEqualTo(Outcome.FINISHED);
		assertThat(run.log().size()).isEqualTo(3);
	}

	@Test
	void cancelsOnceHoweverOftenItIsAsked() {
		Run run = this.engine.start(request("r"));
		this.engine.cancel(run);
		this.engine.cancel(run);
		assertThat(run.outcome()).isEqualTo(Outcome.CANCELLED);
		assertThat(this.driver.cancels()).isEqualTo(1);
		assertThat(this.driver.followers()).isZero();
	}

	@Test
	void givesTwoPeopleTheSameNameForDifferentRuns() {
		RunRequest mine = request("r");
		Caller other = new Caller("other", Audience.of("bob"), Set.of());
		RunRequest theirs = new RunRequest(mine.offer(), mine.input(), other, AccessTokenSource.of("token"),
				mine.trace());
		assertThat(this.engine.start(theirs)).isNotSameAs(this.engine.start(mine));
		assertThat(theirs.upstreamRunId()).isNotEqualTo(mine.upstreamRunId());
	}

	private String failed(String runId, Exception ex) {
		TestDriver broken = new TestDriver();
		Runs others = new Runs(PROPERTIES, this.clock, RunListener.NONE);
		Run run = new RunEngine(others, broken, broken, this.home, PROPERTIES).start(request(runId));
		broken.fail(ex);
		List<String> types = run.log()
			.after(null)
			.map((entry) -> new String(entry.value(), StandardCharsets.UTF_8))
			.collectList()
			.block(Duration.ofSeconds(5));
		assertThat(types).hasSize(2);
		assertThat(broken.cancels()).isEqualTo(1);
		return types.getLast();
	}

	static String last(Run run) {
		return new String(run.log().after(null).last().block(Duration.ofSeconds(5)).value(), StandardCharsets.UTF_8);
	}

	static RunRequest request(String runId) {
		return request(runId, "");
	}

	static RunRequest request(String runId, String state) {
		Agent agent = new Agent("scout", LocalizedText.NONE, "scout", null, List.of());
		byte[] body = "{\"threadId\":\"t\",\"runId\":\"%s\",\"state\":\"%s\"}".formatted(runId, state)
			.getBytes(StandardCharsets.UTF_8);
		return new RunRequest(new AgentOffer("deals", agent, null, null), RunInput.parse(body),
				new Caller("key", Audience.of("ada"), Set.of()), AccessTokenSource.of("token"),
				new Trace("0".repeat(31) + "1", false));
	}

}
