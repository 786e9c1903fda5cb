package dev.pergola.bff.agents;

import dev.pergola.bff.caller.AccessTokenSource;
import dev.pergola.bff.caller.Caller;
import dev.pergola.bff.problem.Trace;
import dev.pergola.bff.runlog.RunName;

/**
 * All a driver needs to have a run done.
 *
 * @param accessTokens what the agent is called with, each time anew
 */
record RunRequest(AgentOffer offer, RunInput input, Caller caller, AccessTokenSource accessTokens, Trace trace) {

	private static final String UPSTREAM = "r-";

	/**
	 * Name of the run upstream: people choose their run ids themselves, and two may
	 * choose the same.
	 */
	String upstreamRunId() {
		return upstreamRunId(name());
	}

	/** Name upstream of the run that is called so here. */
	static String upstreamRunId(RunName name) {
		return UPSTREAM + name.digest();
	}

	/** Digest of the name of the run that is called so upstream. */
	static String digest(String upstreamRunId) {
		return upstreamRunId.substring(UPSTREAM.length());
	}

	/** Name of the run here. */
	RunName name() {
		return new RunName(owner(this.caller), this.input.runId());
	}

	/** Whose runs somebody's are: the same person at another tenant has others. */
	static String owner(Caller caller) {
		return (caller.tenant() != null) ? caller.key() + "\n" + caller.tenant() : caller.key();
	}

	/** The same request in a conversation the agent has a name for. */
	RunRequest inContext(String contextId) {
		return new RunRequest(this.offer, this.input.inContext(contextId), this.caller, this.accessTokens, this.trace);
	}

	/** What others may know of the run. */
	RunFacts facts() {
		String team = this.offer.team();
		return new RunFacts(upstreamRunId(), this.input.runId(), this.input.threadId(), this.offer.module(),
				this.offer.agent().id(), (team != null) ? team : "none", this.caller.subject(), this.caller.tenant(),
				this.offer.agent().runner());
	}

	/** The request as the upstream gets it. */
	byte[] body() {
		return this.input.withRunId(upstreamRunId());
	}

}
