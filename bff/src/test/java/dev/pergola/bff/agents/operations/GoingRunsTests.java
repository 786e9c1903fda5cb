package dev.pergola.bff.agents.operations;

import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

import dev.pergola.bff.agents.RunFacts;
import dev.pergola.bff.agents.budgets.Budgets;
import dev.pergola.bff.agents.budgets.TestBudgets;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import reactor.test.scheduler.VirtualTimeScheduler;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

class GoingRunsTests {

	private final Clock clock = Clock.fixed(Records.NOON.plusSeconds(9), ZoneOffset.UTC);

	private final InMemoryRunLedger ledger = new InMemoryRunLedger(100, Duration.ofDays(1), this.clock);

	private final Budgets budgets = TestBudgets.hard("deals", 100);

	private final VirtualTimeScheduler aside = VirtualTimeScheduler.create();

	private final List<String> cancelled = new ArrayList<>();

	private final GoingRuns going = goingRuns(this.clock);

	@Test
	void aRunThatIsTakenOverIsNotChargedAgainAlthoughItsEndWasTold() {
		LedgerEntry.Failure failure = new LedgerEntry.Failure("AGENT_EXIT", "It ended.");
		this.ledger.save(Records.run("r").spent(new Tokens(40, 10)).ended(RunState.FAILED, Records.NOON, failure));
		this.going.onBegin(Records.facts("r"), Records.NOON);
		LedgerEntry goesOn = this.ledger.find("r").orElseThrow();
		assertThat(goesOn.state()).isEqualTo(RunState.RUNNING);
		assertThat(goesOn.failure()).isNull();
		assertThat(goesOn.endedAt()).isNull();
		this.going.onEvent(Records.facts("r"), usage(60));
		assertThat(spent()).isEqualTo(10);
	}

	@Test
	void anotherRunOfTheSameNameIsChargedInWhole() {
		this.ledger.save(Records.run("r").spent(new Tokens(40, 10)).ended(RunState.FINISHED, Records.NOON, null));
		this.going.onBegin(Records.facts("r"), Records.NOON.plusSeconds(5));
		this.going.onEvent(Records.facts("r"), usage(30));
		assertThat(spent()).isEqualTo(30);
	}

	@Test
	void aRunThatGoesOnInAThreadAnswersWhatWasAskedThere() {
		this.ledger.save(Records.run("asks").asking(Records.NOON, null));
		RunFacts other = new RunFacts("o", "run-o", "other", "deals", "scout", "deals", "ada", "acme", "scout");
		this.going.onBegin(other, Records.NOON);
		assertThat(this.ledger.find("asks").orElseThrow().state()).isEqualTo(RunState.WAITING);
		this.going.onBegin(Records.facts("answers"), Records.NOON);
		assertThat(this.ledger.find("asks").orElseThrow().state()).isEqualTo(RunState.FINISHED);
	}

	@Test
	void aRunIsCutAlthoughSomebodyHasTriedToStopItBefore() {
		this.going.onBegin(Records.facts("r"), Records.NOON);
		LedgerEntry.Stop stop = new LedgerEntry.Stop("grace", "Enough.", Records.NOON);
		assertThat(this.going.stop("r", stop)).isTrue();
		this.going.onEvent(Records.facts("r"), usage(100));
		this.aside.advanceTime();
		assertThat(this.cancelled).containsExactly("r");
		assertThat(this.ledger.find("r").orElseThrow().stop()).isEqualTo(stop);
	}

	@Test
	void aRunThatIsLostWhileItIsToldOfIsTheOtherNodes() {
		List<Runnable> meanwhile = new ArrayList<>();
		InstantSource time = () -> {
			meanwhile.forEach(Runnable::run);
			return Records.NOON;
		};
		GoingRuns disturbed = goingRuns(time.withZone(ZoneOffset.UTC));
		disturbed.onBegin(Records.facts("r"), Records.NOON);
		meanwhile.add(() -> disturbed.onLost(Records.facts("r")));
		disturbed.onEvent(Records.facts("r"), usage(30));
		assertThat(this.ledger.find("r")).isEmpty();
		assertThat(spent()).isZero();
		assertThat(disturbed.stop("r", new LedgerEntry.Stop("grace", "Enough.", Records.NOON))).isFalse();
	}

	private GoingRuns goingRuns(Clock time) {
		return new GoingRuns(this.ledger, this.budgets, new AgentMeters(new SimpleMeterRegistry(), this.budgets),
				this.cancelled::add, this.aside, time);
	}

	private long spent() {
		return this.budgets.find("deals").orElseThrow().spent();
	}

	private static ObjectNode usage(long tokens) {
		return Records.event("{'type':'CUSTOM','name':'pergola.usage','value':{'inputTokens':%d}}".formatted(tokens));
	}

}
