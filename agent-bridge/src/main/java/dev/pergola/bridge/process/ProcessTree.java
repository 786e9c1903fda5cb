package dev.pergola.bridge.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A process and everything that descends from it. Once a parent is gone its children can
 * no longer be reached from it, so what was seen is remembered; what left the tree
 * altogether (a session of its own, a double fork) is found on Linux by the variable
 * every child inherits.
 */
final class ProcessTree {

	static final String MARKER = "PERGOLA_PROCESS_TREE";

	private static final Path PROC = Path.of("/proc");

	private final Set<ProcessHandle> seen = new LinkedHashSet<>();

	private final ProcessHandle root;

	private final String variable;

	ProcessTree(ProcessHandle root, String mark) {
		this.root = root;
		this.variable = MARKER + "=" + mark;
	}

	/**
	 * Asks every process of the tree to end.
	 */
	void terminate() {
		living().forEach(ProcessHandle::destroy);
	}

	/**
	 * Kills every process of the tree, again and again until a look finds none.
	 */
	void kill() {
		for (int look = 0; look < 20; look++) {
			Set<ProcessHandle> living = living();
			if (living.isEmpty()) {
				return;
			}
			living.forEach(ProcessHandle::destroyForcibly);
			living.forEach((process) -> process.onExit().completeOnTimeout(process, 100, TimeUnit.MILLISECONDS).join());
		}
	}

	/**
	 * The processes of the tree that run now, the root first.
	 */
	synchronized Set<ProcessHandle> living() {
		this.seen.add(this.root);
		Set.copyOf(this.seen).forEach((process) -> process.descendants().forEach(this.seen::add));
		marked().forEach(this.seen::add);
		this.seen.removeIf(Predicate.not(ProcessHandle::isAlive));
		return new LinkedHashSet<>(this.seen);
	}

	private Set<ProcessHandle> marked() {
		if (!Files.isDirectory(PROC)) {
			return Set.of();
		}
		return ProcessHandle.allProcesses().filter(this::isMarked).collect(Collectors.toSet());
	}

	private boolean isMarked(ProcessHandle process) {
		try {
			String environment = Files.readString(PROC.resolve(process.pid() + "/environ"),
					StandardCharsets.ISO_8859_1);
			return Stream.of(environment.split("\0")).anyMatch(this.variable::equals);
		}
		catch (IOException notOursOrGone) {
			return false;
		}
	}

}
