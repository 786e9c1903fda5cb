package dev.pergola.bff.agents.operations;

import java.time.Duration;

import jakarta.validation.constraints.Positive;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of what administrators see of runs.
 *
 * @param maxRuns Number of runs that are remembered; those that are over go first.
 * @param retention Time a run is remembered.
 * @param bridgeTimeout Time an agent-bridge has to tell of a program.
 * @param maxProgram Size of what it tells.
 */
@Validated
@ConfigurationProperties("pergola.bff.agents.operations")
record OperationsProperties(@DefaultValue("10000") @Positive int maxRuns, @DefaultValue("7d") Duration retention,
		@DefaultValue("2s") Duration bridgeTimeout, @DefaultValue("1MB") DataSize maxProgram) {

}
