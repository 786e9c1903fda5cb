package dev.pergola.bridge.process;

import java.io.IOException;
import java.util.List;

import dev.pergola.bridge.runner.Sandbox;

/**
 * What holds the processes of one program together.
 */
interface Fence {

	/**
	 * Words in front of a program's command; they end with what takes the rest as a
	 * program and its arguments.
	 * @throws java.io.UncheckedIOException where the place for the program can't be made
	 */
	List<String> prefix(String mark);

	/**
	 * Bounds memory, number and time of all processes that will be started behind the
	 * words for that mark, as far as the sandbox says so.
	 * @throws IOException where nothing here can
	 */
	default void limit(String mark, Sandbox sandbox) throws IOException {
		if (sandbox.limitsGroup()) {
			throw new IOException("no control group in which memory, processes or cpus could be limited");
		}
	}

	/**
	 * The tree of a process that was started behind those words.
	 * @param wrappers number of processes between what the words start and the program
	 */
	ProcessTree tree(ProcessHandle process, String mark, int wrappers);

	/**
	 * Ends what runs behind it at once, where the kernel can; for what a bridge that is
	 * gone has left.
	 */
	void kill(String mark);

	/** Takes away what was made for a program; nothing of it runs any more. */
	void release(String mark);

	/** Whether the death of the bridge is the death of the tree, too. */
	boolean endsWithBridge();

	/**
	 * Whether programs see nothing of the bridge's process: its environment holds
	 * secrets, and is open to whoever runs as the same user.
	 */
	boolean hidesBridge();

}
