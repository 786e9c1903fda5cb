package dev.pergola.bff.agents;

import java.io.IOException;
import java.time.Clock;
import java.util.List;

import dev.pergola.bff.runlog.RunRecord;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AgentStopTests {

	private final Runs runs = new Runs(RunEngineTests.PROPERTIES, Clock.systemUTC(), RunListener.NONE);

	private final TestDriver driver = new TestDriver();

	private final TestHome home = new TestHome();

	private final RunEngine engine = new RunEngine(this.runs, this.driver, this.driver, this.home,
			RunEngineTests.PROPERTIES);

	@Test
	void hasAnAgentStopThatDoesNotSpeakTheProtocol() {
		Run run = this.engine.start(RunEngineTests.request("r"));
		this.driver.emit("{\"type\":\"STATE_DELTA\",\"delta\":1}");
		assertThat(RunEngineTests.last(run)).contains("AGENT_PROTOCOL");
		assertThat(this.driver.cancels()).isEqualTo(1);
	}

	@Test
	void stopsNoAgentThatHasEndedOrHasNotBegun() {
		this.engine.start(RunEngineTests.request("ended"));
		this.driver.emit("{\"type\":\"RUN_ERROR\",\"message\":\"x\"}");
		this.engine.start(RunEngineTests.request("other"));
		this.driver.fail(UpstreamRunException.status(409));
		assertThat(this.driver.cancels()).as("the run of that name is somebody else's").isZero();
	}

	@Test
	void stopsNoAgentWhoseRunAnotherNodeHasByNow() {
		Run run = this.engine.start(RunEngineTests.request("r"));
		RunRecord.Progress there = new RunRecord.Progress(List.of(run.progress().epoch(), Long.MAX_VALUE), 1, null,
				"RUNNING", null, false, "", false);
		this.home.put(new RunRecord(run.request().name(), "t", "", "{}", "{}", run.startedAt(), null, there));
		this.driver.fail(new IOException());
		assertThat(run.isOver()).isTrue();
		assertThat(this.driver.cancels()).isZero();
	}

	@Test
	void anAgentThatBeginsAfterItWasToldToStopIsToldAgain() {
		DeafDriver deaf = new DeafDriver();
		RunEngine others = new RunEngine(this.runs, deaf, deaf, this.home, RunEngineTests.PROPERTIES);
		others.cancel(others.start(RunEngineTests.request("r")));
		assertThat(deaf.cancels()).isEqualTo(1);
		deaf.emit("{\"type\":\"CUSTOM\",\"name\":\"n\"}");
		deaf.emit("{\"type\":\"CUSTOM\",\"name\":\"n\"}");
		assertThat(deaf.cancels()).as("once more, as it was not there").isEqualTo(2);
	}

}
