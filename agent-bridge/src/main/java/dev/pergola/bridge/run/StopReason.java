package dev.pergola.bridge.run;

/**
 * Why the bridge ended a program before it ended itself.
 */
enum StopReason {

	CANCELLED("", ""), TIMEOUT("AGENT_TIMEOUT", "The agent took longer than it may."),
	START("AGENT_START", "The agent did not get ready in time."),
	SILENT("AGENT_SILENT", "The agent printed nothing for too long."),
	OUTPUT("AGENT_OUTPUT_TOO_LARGE", "The agent printed more than it may."),
	BUDGET("AGENT_BUDGET", "The agent spent more tokens than it may."),
	QUEUE("AGENT_QUEUE_TIMEOUT", "The agent has its answer, but its turn did not come in time."),
	UNREAD("AGENT_UNREAD", "Nobody has read what the agent says for too long."),
	SHUTDOWN("BRIDGE_STOPPING", "The service that runs agents is stopping.");

	private final String code;

	private final String message;

	StopReason(String code, String message) {
		this.code = code;
		this.message = message;
	}

	String code() {
		return this.code;
	}

	String message() {
		return this.message;
	}

}
