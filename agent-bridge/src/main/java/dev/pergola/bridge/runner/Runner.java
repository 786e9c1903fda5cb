package dev.pergola.bridge.runner;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.PositiveOrZero;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * A program an operator allows an agent to be, with its limits. A manifest names a runner
 * and can say nothing else about it.
 *
 * @param title Name a person reads; the runner's id where missing.
 * @param command Program and its arguments, one element each; never passed to a shell.
 * @param format What the program speaks.
 * @param input What a program of format `text` reads on standard input.
 * @param directory Working directory; a fresh private one for each run where missing.
 * @param environment Variables the program gets, beside `PATH`, `LANG` and a private
 * `HOME`.
 * @param timeout Longest a run may take.
 * @param silence Longest a program may print nothing.
 * @param outputLimit Most a program may print in one run.
 * @param lineLimit Longest line a program may print.
 * @param tokenBudget Most tokens a run may spend, as far as the program tells; 0 for any
 * number.
 * @param pin Which build of the program may run.
 * @param waits Times for single steps.
 * @param reuse Whether a program lives longer than its run.
 * @param sandbox What the program may not do.
 * @param mapping Where a program of format `ndjson` that was not written for the bridge
 * says what.
 */
public record Runner(@Nullable String title, @NotEmpty List<String> command, @DefaultValue("text") RunnerFormat format,
		@DefaultValue("prompt") RunnerInput input, @Nullable Path directory,
		@DefaultValue Map<String, String> environment, @DefaultValue("10m") Duration timeout,
		@DefaultValue("2m") Duration silence, @DefaultValue("32MB") DataSize outputLimit,
		@DefaultValue("16MB") DataSize lineLimit, @DefaultValue("0") @PositiveOrZero long tokenBudget,
		@DefaultValue Pin pin, @DefaultValue Waits waits, @DefaultValue Reuse reuse, @DefaultValue Sandbox sandbox,
		@Nullable LineMapping mapping) {

	/**
	 * Lines are kept in one piece, so they have to be shorter than the longest one Java
	 * knows.
	 */
	private static final DataSize LONGEST_LINE = DataSize.ofGigabytes(1);

	public Runner {
		command = List.copyOf(command);
		environment = Map.copyOf(environment);
		Waits.positive("timeout", timeout);
		Waits.positive("silence", silence);
		if (lineLimit.toBytes() < 1 || lineLimit.compareTo(LONGEST_LINE) > 0) {
			throw new IllegalArgumentException("line-limit: %s (expected: 1B to 1GB)".formatted(lineLimit));
		}
	}

}
