package dev.pergola.bridge.process;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

import dev.pergola.bridge.runner.Sandbox;
import org.jspecify.annotations.Nullable;

/**
 * A namespace of process ids. Its first process is a shell that starts the program, takes
 * in orphans and ends with the program; with it the kernel ends all others. The program
 * sees no process but its own.
 *
 * @param deathWatch Words that tie the namespace to the life of the bridge; may be empty.
 * @param unshare `unshare` and the options that are allowed here.
 * @param shell The first process.
 * @param groups Control groups for programs that are limited as a whole; {@code null}
 * where none was left to the bridge.
 */
record NamespaceFence(List<String> deathWatch, List<String> unshare, String shell,
		@Nullable CgroupFence groups) implements Fence {

	/** The namespace's own list of processes; without it, programs see the machine's. */
	static final String OWN_PROC = "--mount-proc";

	/** unshare, and the shell. */
	private static final int WRAPPERS = 2;

	// Not the last command, so that no shell replaces itself by the program: the first
	// process of a namespace ignores signals it does not handle.
	private static final String FIRST_PROCESS = "\"$@\"; exit $?";

	NamespaceFence {
		deathWatch = List.copyOf(deathWatch);
		unshare = List.copyOf(unshare);
	}

	@Override
	public List<String> prefix(String mark) {
		return Stream
			.of(this.deathWatch, (this.groups != null) ? this.groups.enter(mark) : List.<String>of(), this.unshare,
					List.of(this.shell, "-c", FIRST_PROCESS, "pergola-agent"))
			.flatMap(List::stream)
			.toList();
	}

	@Override
	public void limit(String mark, Sandbox sandbox) throws IOException {
		if (this.groups == null) {
			Fence.super.limit(mark, sandbox);
		}
		else {
			this.groups.limit(mark, sandbox);
		}
	}

	@Override
	public ProcessTree tree(ProcessHandle process, String mark, int wrappers) {
		return new ProcessTree(process, mark, WRAPPERS + wrappers, process::destroyForcibly);
	}

	@Override
	public void kill(String mark) {
		// its first process may be anything by now; the mark finds what is in no group
		if (this.groups != null) {
			this.groups.kill(mark);
		}
	}

	@Override
	public void release(String mark) {
		// the kernel took the namespace
		if (this.groups != null) {
			this.groups.release(mark);
		}
	}

	@Override
	public boolean endsWithBridge() {
		return !this.deathWatch.isEmpty();
	}

	@Override
	public boolean hidesBridge() {
		return this.unshare.contains(OWN_PROC);
	}

}
