package dev.pergola.bridge;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

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
 * @param maxPerPrincipal Number of runs one person may have running or queued.
 * @param maxQueued Number of runs that wait for a place before further ones are refused.
 * @param heartbeat Time between comment lines on a stream.
 * @param killAfter Time a program has to end after it was asked to, before it is killed.
 * @param retention Time an ended run can still be read.
 * @param maxRetained Number of ended runs kept at most.
 * @param maxInput Largest request body.
 * @param directory Folder under which each run gets its private one; the system's
 * temporary folder where missing.
 */
@Validated
@ConfigurationProperties("pergola.agent-bridge")
public record AgentBridgeProperties(@DefaultValue("true") boolean enabled, @NotBlank String serviceToken,
		@DefaultValue Map<String, @Valid Runner> runners, @DefaultValue("8") @Positive int maxRuns,
		@DefaultValue("4") @Positive int maxPerPrincipal, @DefaultValue("32") @PositiveOrZero int maxQueued,
		@DefaultValue("15s") Duration heartbeat, @DefaultValue("2s") Duration killAfter,
		@DefaultValue("15m") Duration retention, @DefaultValue("1000") @Positive int maxRetained,
		@DefaultValue("2MB") DataSize maxInput, @Nullable Path directory) {

}
