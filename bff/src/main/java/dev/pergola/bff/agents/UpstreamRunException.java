package dev.pergola.bff.agents;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.TimeoutException;

import dev.pergola.bff.egress.AddressRefusedException;

/** An upstream did not do its part of a run; code and message reach the viewers. */
final class UpstreamRunException extends RuntimeException {

	/** Those of an upstream that has not begun with the run, or has it no more. */
	private static final Set<String> REFUSALS = Set.of("AGENT_REFUSED", "AGENT_UNKNOWN", "RUN_CONFLICT", "AGENT_BUSY",
			"ADDRESS_REFUSED", "AGENT_LOST");

	private final String code;

	private final boolean passing;

	private UpstreamRunException(String code, String message, boolean passing) {
		super(message, null, false, false);
		this.code = code;
		this.passing = passing;
	}

	static UpstreamRunException cut() {
		return new UpstreamRunException("UPSTREAM_TRUNCATED", "The agent's answer broke off.", true);
	}

	static UpstreamRunException lost() {
		return new UpstreamRunException("UPSTREAM_TRUNCATED", "The agent's answer broke off.", false);
	}

	static UpstreamRunException status(int status) {
		return switch (status) {
			case 401, 403 -> new UpstreamRunException("AGENT_REFUSED", "The agent refused the request.", false);
			case 404 -> new UpstreamRunException("AGENT_UNKNOWN", "The agent is not there.", false);
			case 409 -> new UpstreamRunException("RUN_CONFLICT", "The agent has another run of that name.", false);
			case 429 -> new UpstreamRunException("AGENT_BUSY", "The agent is busy.", false);
			case 502, 503, 504 -> new UpstreamRunException("AGENT_UNAVAILABLE", "The agent is not reachable.", true);
			default ->
				new UpstreamRunException("AGENT_FAILED", "The agent answered with status " + status + ".", false);
		};
	}

	/** The upstream had the run, and has it no more. */
	static UpstreamRunException forgotten() {
		return new UpstreamRunException("AGENT_LOST", "The agent was stopped in the middle.", false);
	}

	static boolean isUnknown(Throwable ex) {
		return ex instanceof UpstreamRunException run && run.code().equals("AGENT_UNKNOWN");
	}

	static UpstreamRunException addressRefused() {
		return new UpstreamRunException("ADDRESS_REFUSED", "The agent is at an address that is not allowed.", false);
	}

	static UpstreamRunException malformed() {
		return new UpstreamRunException("AGENT_PROTOCOL", "The agent sent something that is no event.", false);
	}

	String code() {
		return this.code;
	}

	/** Whether the upstream is not at the run, so that there is nothing to stop. */
	boolean isRefusal() {
		return REFUSALS.contains(this.code);
	}

	/**
	 * Whether another try may help: whatever a client throws (refused, reset, silent) may
	 * be over in a second.
	 */
	static boolean mayPass(Throwable ex) {
		if (ex instanceof UpstreamRunException told) {
			return told.passing;
		}
		return (ex instanceof IOException && !(ex instanceof AddressRefusedException))
				|| ex instanceof TimeoutException;
	}

}
