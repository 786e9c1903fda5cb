package dev.pergola.bff.agents.operations;

import java.time.Duration;

import dev.pergola.bff.TestCatalog;
import dev.pergola.bff.agents.budgets.TestBudgets;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

class AgentMetersTests {

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final AgentMeters meters = new AgentMeters(this.registry, TestBudgets.of("deals", 10));

	@Test
	void countsEachThingOnce() {
		LedgerEntry queued = Records.run("r").queuedAt(1);
		LedgerEntry started = queued.started(Records.NOON.plusSeconds(2));
		LedgerEntry answered = started.answered(Records.NOON.plusSeconds(3));
		LedgerEntry spent = answered.spent(new Tokens(5, 2));
		LedgerEntry ended = spent.spent(new Tokens(6, 2)).ended(RunState.FINISHED, Records.NOON.plusSeconds(9), null);
		this.meters.changed(queued, started);
		this.meters.changed(started, answered);
		this.meters.changed(answered, spent);
		this.meters.changed(spent, ended);
		assertThat(this.registry.get("pergola.bff.agents.queue").timer().totalTime(SECONDS)).isEqualTo(2);
		assertThat(this.registry.get("pergola.bff.agents.first.byte").timer().totalTime(SECONDS)).isEqualTo(3);
		assertThat(this.registry.get("pergola.bff.agents.runs").tag("outcome", "finished").timer().totalTime(SECONDS))
			.isEqualTo(9);
		assertThat(this.registry.get("pergola.bff.agents.tokens").tag("kind", "input").counter().count()).isEqualTo(6);
		assertThat(this.registry.get("pergola.bff.agents.tokens").tag("kind", "output").counter().count()).isEqualTo(2);
		assertThat(this.registry.get("pergola.bff.agents.queue").timer().count()).isEqualTo(1);
	}

	@Test
	void countsRunsThatNobodyWatchedFromNought() {
		this.meters.begun(Records.facts("r"));
		assertThat(this.registry.get("pergola.bff.agents.abandoned").counter().count()).isZero();
		this.meters.abandoned(Records.facts("r"));
		assertThat(this.registry.get("pergola.bff.agents.abandoned").counter().count()).isEqualTo(1);
	}

	@Test
	void forgetsAModuleThatLeftTheCatalog() {
		TestCatalog catalog = new TestCatalog();
		this.meters.changed(Records.run("r"), Records.ended("r", RunState.FAILED, Duration.ofSeconds(1)));
		this.meters.onCatalog(catalog.put(TestCatalog.module("deals", null)));
		assertThat(this.registry.find("pergola.bff.agents.runs").timers()).hasSize(1);
		this.meters.onCatalog(catalog.put(TestCatalog.module("people", null)));
		assertThat(this.registry.find("pergola.bff.agents.runs").timers()).isEmpty();
	}

	@Test
	void showsTheBudgetOfATeamThatIsNamedFromTheStart() {
		assertThat(this.registry.get("pergola.bff.agents.budget.used").tag("team", "deals").gauge().value()).isZero();
	}

}
