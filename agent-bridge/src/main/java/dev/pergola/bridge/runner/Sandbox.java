package dev.pergola.bridge.runner;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What a program may not do.
 *
 * @param profile What the bridge itself puts around a program.
 * @param network What a program in the profile can call.
 * @param writable Files and folders it may write in the profile, beside its home and
 * `/tmp`.
 * @param hidden Files and folders it does not see in the profile, beside the bridge's own
 * and `/var/run/secrets`.
 * @param wrapper Program and arguments the runner's command is put behind, such as
 * bubblewrap; `{home}` and `{directory}` stand for the program's folders.
 * @param limits Limits of each process by the names of `prlimit`, such as `nofile`,
 * `cpu`, `data`, `fsize`.
 * @param memory Most memory of all its processes together, where a control group was left
 * to the bridge; a program that wants more is killed. Any amount where missing.
 * @param processes Most processes and threads at once, where a control group was left to
 * the bridge. Any number where missing.
 * @param cpus Most processors' time of all its processes together, such as `1.5`, where a
 * control group was left to the bridge. Any where missing.
 * @param noNewPrivileges Whether no program it starts may have more rights than it has.
 */
public record Sandbox(@DefaultValue("none") SandboxProfile profile, @DefaultValue("host") SandboxNetwork network,
		@DefaultValue List<String> writable, @DefaultValue List<String> hidden, @DefaultValue List<String> wrapper,
		@DefaultValue Map<String, Long> limits, @Nullable DataSize memory, @Nullable Integer processes,
		@Nullable Double cpus, @DefaultValue("true") boolean noNewPrivileges) {

	private static final Pattern NAME = Pattern.compile("[a-z]+");

	/** A hundredth of a processor is the least the kernel can give. */
	private static final double LEAST_CPUS = 0.01;

	public Sandbox {
		writable = List.copyOf(writable);
		hidden = List.copyOf(hidden);
		wrapper = List.copyOf(wrapper);
		limits = Map.copyOf(limits);
		if (memory != null && (memory.isNegative() || memory.toBytes() == 0)) {
			throw new IllegalArgumentException("memory: %s (expected: more than 0)".formatted(memory));
		}
		if (processes != null && processes < 1) {
			throw new IllegalArgumentException("processes: %d (expected: 1 or more)".formatted(processes));
		}
		if (cpus != null && !(cpus >= LEAST_CPUS && cpus < Integer.MAX_VALUE)) {
			throw new IllegalArgumentException("cpus: %s (expected: %s or more)".formatted(cpus, LEAST_CPUS));
		}
		for (Map.Entry<String, Long> limit : limits.entrySet()) {
			if (!NAME.matcher(limit.getKey()).matches() || limit.getValue() < 0) {
				throw new IllegalArgumentException(
						"limits: %s (expected: name of prlimit: 0 or more)".formatted(limit));
			}
		}
		if (profile == SandboxProfile.NONE) {
			withProfile("network", network, network == SandboxNetwork.HOST);
			withProfile("writable", writable, writable.isEmpty());
			withProfile("hidden", hidden, hidden.isEmpty());
		}
		else {
			SandboxPaths.check(SandboxPaths.of(writable), SandboxPaths.of(hidden));
			withoutProfile("wrapper", wrapper, wrapper.isEmpty());
			withoutProfile("no-new-privileges", noNewPrivileges, noNewPrivileges);
		}
	}

	/** What may be written, as paths. */
	public List<Path> writablePaths() {
		return SandboxPaths.of(this.writable);
	}

	/** What is hidden, as paths. */
	public List<Path> hiddenPaths() {
		return SandboxPaths.of(this.hidden);
	}

	/** Whether all processes of a program together are limited. */
	public boolean limitsGroup() {
		return this.memory != null || this.processes != null || this.cpus != null;
	}

	private static void withProfile(String name, Object value, boolean unset) {
		if (!unset) {
			throw new IllegalArgumentException(
					"%s: %s (expected: given together with profile bubblewrap)".formatted(name, value));
		}
	}

	private static void withoutProfile(String name, Object value, boolean unset) {
		if (!unset) {
			throw new IllegalArgumentException(
					"%s: %s (expected: not given together with profile bubblewrap)".formatted(name, value));
		}
	}

}
