package dev.pergola.bridge.runner;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import jakarta.validation.constraints.NotEmpty;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * A program an operator allows an agent to be, with its limits. A manifest names a runner
 * and can say nothing else about it.
 *
 * @param title Name a person reads; the runner's id where missing.
 * @param command Program and its arguments, one element each; never passed to a shell.
 * @param input What the program reads on standard input.
 * @param directory Working directory; a fresh private one for each run where missing.
 * @param environment Variables the program gets, beside `PATH`, `LANG` and a private
 * `HOME`.
 * @param timeout Longest a run may take.
 * @param silence Longest a program may print nothing.
 * @param outputLimit Most a program may print in one run.
 */
public record Runner(@Nullable String title, @NotEmpty List<String> command, @DefaultValue("prompt") RunnerInput input,
		@Nullable Path directory, @DefaultValue Map<String, String> environment, @DefaultValue("10m") Duration timeout,
		@DefaultValue("2m") Duration silence, @DefaultValue("4MB") DataSize outputLimit) {

	public Runner {
		command = List.copyOf(command);
		environment = Map.copyOf(environment);
		if (timeout.isNegative() || timeout.isZero()) {
			throw new IllegalArgumentException("timeout: %s (expected: more than 0)".formatted(timeout));
		}
		if (silence.isNegative() || silence.isZero()) {
			throw new IllegalArgumentException("silence: %s (expected: more than 0)".formatted(silence));
		}
	}

}
