package dev.pergola.bridge.process;

import java.util.List;

/**
 * Nothing but the variable every process inherits. Where the system offers it, the
 * program itself (not what it started) ends with the bridge.
 *
 * @param deathWatch Words that tie a program to the life of its parent; may be empty.
 */
record OpenFence(List<String> deathWatch) implements Fence {

	OpenFence {
		deathWatch = List.copyOf(deathWatch);
	}

	@Override
	public List<String> prefix(String mark) {
		return this.deathWatch;
	}

	@Override
	public ProcessTree tree(ProcessHandle process, String mark, int wrappers) {
		return new ProcessTree(process, mark, wrappers, () -> {
		});
	}

	@Override
	public void kill(String mark) {
		// nothing can
	}

	@Override
	public void release(String mark) {
		// nothing was made
	}

	@Override
	public boolean endsWithBridge() {
		return false;
	}

	@Override
	public boolean hidesBridge() {
		return false;
	}

}
