package dev.pergola.bridge.runner;

/**
 * What the bridge itself puts around a program.
 */
public enum SandboxProfile {

	/** Nothing. */
	NONE,

	/** Namespaces and mounts made by `bwrap`. */
	BUBBLEWRAP

}
