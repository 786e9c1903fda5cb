package dev.pergola.bff.agents;

import java.nio.charset.StandardCharsets;

import dev.pergola.bff.caller.Caller;
import dev.pergola.bff.problem.Trace;

/** All a driver needs to have a run done. */
record RunRequest(AgentOffer offer, RunInput input, Caller caller, String accessToken, Trace trace) {

	/**
	 * Name of the run upstream: people choose their run ids themselves, and two may
	 * choose the same.
	 */
	String upstreamRunId() {
		String name = this.caller.key() + "\n" + this.input.runId();
		return "r-" + RunInput.sha256(name.getBytes(StandardCharsets.UTF_8)).substring(0, 32);
	}

	/** The request as the upstream gets it. */
	byte[] body() {
		return this.input.withRunId(upstreamRunId());
	}

}
