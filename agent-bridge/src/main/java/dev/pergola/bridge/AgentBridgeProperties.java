package dev.pergola.bridge;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import dev.pergola.bridge.gateway.ModelGatewayProperties;
import dev.pergola.bridge.process.Isolation;
import dev.pergola.bridge.run.RunLimits;
import dev.pergola.bridge.run.StopWaits;
import dev.pergola.bridge.runner.Runner;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the agent-bridge.
 *
 * @param enabled Whether this process runs agents.
 * @param serviceToken Secret the bff sends as bearer; nobody else may call.
 * @param runners Programs that may be run, by name.
 * @param maxRuns Number of programs that run at once.
 * @param maxPerTeam Number of programs of one team's agents that run at once; half of
 * all, and at least one, where missing.
 * @param maxPerPrincipal Number of runs one person may have running or queued.
 * @param maxQueued Number of runs that wait for a place before further ones are refused.
 * @param maxParked Number of programs that wait for a person's answer; the longest
 * waiting of the person who has most is ended for a further one.
 * @param maxKept Number of programs that wait for the next run of their conversation; the
 * longest waiting of the person who has most is ended for a further one.
 * @param freeMemory Memory that has to be free before a further program starts, where
 * that can be read; 0 for not looking.
 * @param heartbeat Time between comment lines on a stream.
 * @param stop How a program is ended.
 * @param unreadAfter Time after which a run that nobody reads is ended, longer than the
 * bff takes to come back; 0 for never.
 * @param retention Time an ended run can still be read.
 * @param maxRetained Number of ended runs kept at most.
 * @param maxLog Most that is kept of one run; a program that says more is stopped.
 * @param maxLogs Most that is kept of all runs; the oldest that ended are forgotten.
 * @param maxInput Largest request body.
 * @param directory Folder under which each run gets its private one; the system's
 * temporary folder where missing.
 * @param isolation What holds the processes of a program together.
 * @param modelGateway Where programs that speak with Claude's API reach it without its
 * key.
 * @param cgroup Folder of a control group (version 2) that was left to this process.
 */
@Validated
@ConfigurationProperties("pergola.agent-bridge")
public record AgentBridgeProperties(@DefaultValue("true") boolean enabled, @NotBlank String serviceToken,
		@DefaultValue Map<String, @Valid Runner> runners, @DefaultValue("8") @Positive int maxRuns,
		@Nullable @Positive Integer maxPerTeam, @DefaultValue("4") @Positive int maxPerPrincipal,
		@DefaultValue("32") @PositiveOrZero int maxQueued, @DefaultValue("16") @PositiveOrZero int maxParked,
		@DefaultValue("16") @PositiveOrZero int maxKept, @DefaultValue("200MB") DataSize freeMemory,
		@DefaultValue("15s") Duration heartbeat, @DefaultValue StopWaits stop,
		@DefaultValue("15m") Duration unreadAfter, @DefaultValue("15m") Duration retention,
		@DefaultValue("1000") @Positive int maxRetained, @DefaultValue("8MB") DataSize maxLog,
		@DefaultValue("256MB") DataSize maxLogs, @DefaultValue("2MB") DataSize maxInput, @Nullable Path directory,
		@DefaultValue("auto") Isolation isolation, @Nullable Path cgroup,
		@Valid @Nullable ModelGatewayProperties modelGateway) {

	RunLimits limits() {
		int ofTeam = (this.maxPerTeam != null) ? this.maxPerTeam : Math.max(1, this.maxRuns / 2);
		return new RunLimits(this.maxRuns, ofTeam, this.maxPerPrincipal, this.maxQueued, this.maxParked, this.maxKept,
				this.freeMemory, this.stop, this.unreadAfter, this.retention, this.maxRetained, this.maxLog,
				this.maxLogs);
	}

}
