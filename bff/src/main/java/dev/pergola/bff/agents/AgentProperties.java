package dev.pergola.bff.agents;

import java.time.Duration;

import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of agents' runs.
 *
 * @param maxRunsPerPerson Number of runs one person may have going at once.
 * @param maxRuns Number of runs this process keeps, ended ones included.
 * @param maxEvents Number of events of one run.
 * @param maxBytes Size of all events of one run.
 * @param maxTotalBytes Size of all runs: of their events and of what they were asked.
 * @param maxFrame Size of one event.
 * @param maxInput Size of a request for a run.
 * @param maxLag Number of events that may come while a viewer takes none.
 * @param maxDuration Time a run may take.
 * @param idle Time an upstream may be silent, heartbeats included.
 * @param retention Time a run can be read after its end.
 * @param cancelBudget Time a cancelled run has to end.
 * @param abandonAfter Time after which a run that nobody watches is cancelled.
 * @param reconnects Number of tries in a row to get a cut stream of an upstream back.
 * @param reconnectWait Time before the first of these tries; it doubles.
 * @param maxRunsPerTeam Number of runs the agents of one team may have going at once.
 * @param maxBehind Time a viewer may be behind before it is cut; it comes back.
 * @param raw Whether viewers get vendors' own events, too; they may hold secrets.
 */
@Validated
@ConfigurationProperties("pergola.bff.agents")
public record AgentProperties(@DefaultValue("4") @Positive int maxRunsPerPerson,
		@DefaultValue("1000") @Positive int maxRuns, @DefaultValue("100000") @Positive int maxEvents,
		@DefaultValue("16MB") DataSize maxBytes, @DefaultValue("256MB") DataSize maxTotalBytes,
		@DefaultValue("1MB") DataSize maxFrame, @DefaultValue("2MB") DataSize maxInput,
		@DefaultValue("5000") @Positive int maxLag, @DefaultValue("30m") Duration maxDuration,
		@DefaultValue("60s") Duration idle, @DefaultValue("15m") Duration retention,
		@DefaultValue("10s") Duration cancelBudget, @DefaultValue("10m") Duration abandonAfter,
		@DefaultValue("6") @PositiveOrZero int reconnects, @DefaultValue("200ms") Duration reconnectWait,
		@DefaultValue("200") @Positive int maxRunsPerTeam, @DefaultValue("60s") Duration maxBehind,
		@DefaultValue("false") boolean raw) {

}
