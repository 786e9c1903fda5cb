package dev.pergola.bridge.run;

/**
 * Whose program it is: one person's, of one tenant, in one conversation with one runner.
 */
record Conversation(String runnerId, String tenant, String principal, String threadId) {

	static Conversation of(Run run) {
		return new Conversation(run.runnerId(), run.caller().tenant(), run.caller().principal(), run.threadId());
	}

}
