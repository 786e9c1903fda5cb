package dev.pergola.bridge.run;

import java.time.Duration;

import dev.pergola.bridge.agui.RunInput;
import dev.pergola.bridge.runner.TestRunner;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("CLI-28")
class RunMetersTests {

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final RunMeters meters = new RunMeters(this.registry);

	private final Run run = new Run(new Caller("p", "", "", null), "runner", TestRunner.program("true"),
			new RunInput("t", "r", "", "{}", ""), new RunLog(1L, 2000));

	@Test
	void codesThatProgramsMakeUpAreOneSeries() {
		for (int number = 0; number < 100; number++) {
			this.meters.ended(this.run, Ending.failed("MINE_" + number, "x"), Duration.ZERO);
			this.meters.ended(this.run, Ending.failed("api_" + (600 + number), "x"), Duration.ZERO);
		}
		this.meters.ended(this.run, Ending.failed("AGENT_EXIT", "x"), Duration.ZERO);
		this.meters.ended(this.run, Ending.failed("api_429", "x"), Duration.ZERO);
		assertThat(this.registry.find("pergola.agent-bridge.runs").timers())
			.extracting((timer) -> timer.getId().getTag("code"))
			.containsExactlyInAnyOrder("other", "AGENT_EXIT", "api_429");
	}

	@ParameterizedTest
	@EnumSource(StopReason.class)
	void theBridgesOwnCodesAreKept(StopReason reason) {
		this.meters.ended(this.run, Ending.stopped(reason, this.run.input(), null), Duration.ZERO);
		assertThat(this.registry.get("pergola.agent-bridge.runs").timer().getId().getTag("code"))
			.isEqualTo(reason.code());
	}

}
