package dev.pergola.bff.runlog;

/** What came of the wish to write a new run. */
public enum Claim {

	/** It is this node's to write. */
	GRANTED,

	/** There is a run of that name. */
	EXISTS,

	/** Somebody else has answered the thread's questions, or there are new ones. */
	MOVED

}
