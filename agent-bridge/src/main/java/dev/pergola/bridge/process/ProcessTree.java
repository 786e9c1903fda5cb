package dev.pergola.bridge.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A process and everything that descends from it. Once a parent is gone its children can
 * no longer be reached from it, so what was seen is remembered; what left the tree
 * altogether (a session of its own, a double fork) is found on Linux by the variable
 * every child inherits. Where the kernel holds the tree together, one blow ends it and
 * the search only looks whether anything is left.
 */
final class ProcessTree {

	static final String MARKER = "PERGOLA_PROCESS_TREE";

	private static final Path PROC = Path.of("/proc");

	private final Set<ProcessHandle> seen = new LinkedHashSet<>();

	private final ProcessHandle root;

	private final String variable;

	private final int wrappers;

	private final Runnable blow;

	/**
	 * @param wrappers number of processes in front of the program: the root, its child,
	 * and so on
	 * @param blow ends all of the tree at once, where something can
	 */
	ProcessTree(ProcessHandle root, String mark, int wrappers, Runnable blow) {
		this.root = root;
		this.variable = variable(mark);
		this.wrappers = wrappers;
		this.blow = blow;
	}

	/**
	 * The program itself, behind what it is wrapped in; empty where it has not begun or
	 * is gone.
	 */
	Optional<ProcessHandle> program() {
		Optional<ProcessHandle> process = Optional.of(this.root);
		for (int depth = 0; depth < this.wrappers; depth++) {
			process = process.flatMap(ProcessTree::firstChild);
		}
		return process.filter(ProcessHandle::isAlive);
	}

	/**
	 * Asks the program and all it started to end.
	 */
	void terminate() {
		Set<ProcessHandle> members = living();
		wrapped().forEach(members::remove);
		members.forEach(ProcessHandle::destroy);
	}

	/**
	 * Kills every process of the tree, again and again until a look finds none.
	 */
	void kill() {
		living();
		this.blow.run();
		for (int look = 0; look < 20; look++) {
			Set<ProcessHandle> living = living();
			if (living.isEmpty()) {
				return;
			}
			living.forEach(ProcessHandle::destroyForcibly);
			living.forEach(ProcessTree::await);
		}
	}

	/**
	 * The processes of the tree that run now, the root first.
	 */
	synchronized Set<ProcessHandle> living() {
		this.seen.add(this.root);
		Set.copyOf(this.seen).forEach((process) -> process.descendants().forEach(this.seen::add));
		this.seen.addAll(marked(this.variable));
		this.seen.removeIf(Predicate.not(ProcessHandle::isAlive));
		return new LinkedHashSet<>(this.seen);
	}

	/**
	 * Kills what carries the mark, whoever started it.
	 * @return number of processes found
	 */
	static int killMarked(String mark) {
		int killed = 0;
		for (int look = 0; look < 20; look++) {
			Set<ProcessHandle> found = marked(variable(mark));
			if (found.isEmpty()) {
				break;
			}
			killed += found.size();
			found.forEach(ProcessHandle::destroyForcibly);
			found.forEach(ProcessTree::await);
		}
		return killed;
	}

	private List<ProcessHandle> wrapped() {
		List<ProcessHandle> wrapped = new ArrayList<>();
		Optional<ProcessHandle> process = Optional.of(this.root);
		for (int depth = 0; depth < this.wrappers; depth++) {
			process.ifPresent(wrapped::add);
			process = process.flatMap(ProcessTree::firstChild);
		}
		return wrapped;
	}

	// A wrapper's first child is what it wraps: orphans it adopts are younger.
	private static Optional<ProcessHandle> firstChild(ProcessHandle process) {
		return process.children()
			.min(Comparator.comparing((ProcessHandle child) -> child.info().startInstant().orElse(Instant.MAX))
				.thenComparingLong(ProcessHandle::pid));
	}

	private static void await(ProcessHandle process) {
		process.onExit().completeOnTimeout(process, 100, TimeUnit.MILLISECONDS).join();
	}

	private static Set<ProcessHandle> marked(String variable) {
		if (!Files.isDirectory(PROC)) {
			return Set.of();
		}
		return ProcessHandle.allProcesses()
			.filter((process) -> isMarked(process, variable))
			.collect(Collectors.toSet());
	}

	private static boolean isMarked(ProcessHandle process, String variable) {
		try {
			String environment = Files.readString(PROC.resolve(process.pid() + "/environ"),
					StandardCharsets.ISO_8859_1);
			return Stream.of(environment.split("\0")).anyMatch(variable::equals);
		}
		catch (IOException notOursOrGone) {
			return false;
		}
	}

	private static String variable(String mark) {
		return MARKER + "=" + mark;
	}

}
