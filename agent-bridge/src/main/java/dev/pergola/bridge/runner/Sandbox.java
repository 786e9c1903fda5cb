package dev.pergola.bridge.runner;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What a program may not do.
 *
 * @param wrapper Program and arguments the runner's command is put behind, such as
 * bubblewrap; `{home}` and `{directory}` stand for the program's folders.
 * @param limits Limits of each process by the names of `prlimit`, such as `nofile`,
 * `cpu`, `data`, `fsize`.
 * @param memory Most memory of all its processes together, where a control group was left
 * to the bridge; a program that wants more is killed. Any amount where missing.
 * @param noNewPrivileges Whether no program it starts may have more rights than it has.
 */
public record Sandbox(@DefaultValue List<String> wrapper, @DefaultValue Map<String, Long> limits,
		@Nullable DataSize memory, @DefaultValue("true") boolean noNewPrivileges) {

	private static final Pattern NAME = Pattern.compile("[a-z]+");

	public Sandbox {
		wrapper = List.copyOf(wrapper);
		limits = Map.copyOf(limits);
		if (memory != null && (memory.isNegative() || memory.toBytes() == 0)) {
			throw new IllegalArgumentException("memory: %s (expected: more than 0)".formatted(memory));
		}
		for (Map.Entry<String, Long> limit : limits.entrySet()) {
			if (!NAME.matcher(limit.getKey()).matches() || limit.getValue() < 0) {
				throw new IllegalArgumentException(
						"limits: %s (expected: name of prlimit: 0 or more)".formatted(limit));
			}
		}
	}

}
