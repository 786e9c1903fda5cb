package dev.pergola.bench.streams;

import java.util.Map;

/**
 * A way to an agent.
 *
 * @param start address that starts a run
 * @param runs address under which runs are watched and cancelled; empty where there is no
 * such thing
 * @param headers sent with each request
 */
record Way(String start, String runs, Map<String, String> headers) {

	static Way straight(String start) {
		return new Way(start, "", Map.of());
	}

	boolean keepsRuns() {
		return !this.runs.isEmpty();
	}

	String events(String runId) {
		return this.runs + "/" + runId + "/events";
	}

	String cancel(String runId) {
		return this.runs + "/" + runId + "/cancel";
	}

	static String input(String runId) {
		return """
				{"threadId":"t-%1$s","runId":"%1$s","messages":[{"id":"m","role":"user","content":"Go on."}],\
				"tools":[],"context":[],"state":{},"forwardedProps":{}}""".formatted(runId);
	}

}
