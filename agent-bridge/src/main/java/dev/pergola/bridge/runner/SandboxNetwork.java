package dev.pergola.bridge.runner;

/**
 * What a program in a sandbox can call.
 */
public enum SandboxNetwork {

	/** What the bridge can call, its model gateway included. */
	HOST,

	/** Nothing but what runs in the sandbox. */
	NONE

}
