package dev.pergola.bridge.process;

/**
 * What holds the processes of one program together, so that all of them can be ended.
 */
public enum Isolation {

	/** The strongest this machine allows. */
	AUTO,

	/**
	 * A namespace of process ids for each program: the kernel ends all with the first.
	 */
	NAMESPACE,

	/** A control group (version 2) for each program. */
	CGROUP,

	/**
	 * A variable every process inherits, looked for in the system's list of processes.
	 */
	NONE

}
