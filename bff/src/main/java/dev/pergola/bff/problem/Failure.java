package dev.pergola.bff.problem;

import java.util.Locale;

/**
 * Kinds of failure a caller is told apart; the name in lower case is the problem's type.
 */
public enum Failure {

	/** No token, or none that is valid. */
	UNAUTHENTICATED,
	/** Signed in, and not allowed. */
	FORBIDDEN,
	/** A path that could be read in two ways. */
	BAD_PATH,
	/** A method no upstream is called with. */
	METHOD_NOT_ALLOWED,
	/** No such module in the catalog. */
	UNKNOWN_MODULE,
	/** A module that an administrator switched off. */
	MODULE_DISABLED,
	/** A module that has no service. */
	MODULE_WITHOUT_UPSTREAM,
	/** A module whose route could not be made. */
	MODULE_BROKEN,
	/** The upstream takes no connection. */
	UPSTREAM_UNAVAILABLE,
	/** As many calls to the upstream as it takes, or as there are connections for. */
	UPSTREAM_BUSY,
	/** The upstream did not answer in time. */
	UPSTREAM_TIMEOUT,
	/** The upstream's answer broke off or was no HTTP. */
	UPSTREAM_FAILED,
	/** The upstream failed so often that it is not called for a while. */
	CIRCUIT_OPEN,
	/** As many calls in flight as this process takes. */
	OVERLOADED,
	/** An address a call may not go to. */
	ADDRESS_REFUSED,
	/** No such view in the person's version of the module. */
	UNKNOWN_VIEW,
	/** A part without which the view makes no sense. */
	VIEW_PART_FAILED,
	/** No such agent, or not for this person. */
	UNKNOWN_AGENT,
	/** No such run, or not this person's. */
	UNKNOWN_RUN,
	/** The same run id with another request. */
	RUN_CONFLICT,
	/** Nothing left of what a team's agents may spend. */
	AGENT_BUDGET_SPENT,
	/** A run of a thread whose open questions it does not answer. */
	INTERRUPT_OPEN,
	/** An answer to a question that cannot be answered any more. */
	INTERRUPT_EXPIRED,
	/** Answers that are none to what was asked. */
	BAD_RESUME,
	/** A part of a run's history that nobody has any more. */
	HISTORY_LOST,
	/** What other nodes know of runs cannot be asked for now. */
	RUNS_UNAVAILABLE,
	/** No such thread, or not this person's. */
	UNKNOWN_THREAD,
	/** A request for a run that is not as AG-UI says. */
	BAD_RUN_INPUT,
	/** More calls than somebody may make in a time. */
	TOO_MANY_CALLS,
	/** As many runs as are allowed. */
	TOO_MANY_RUNS,
	/** As many streams as are allowed. */
	TOO_MANY_STREAMS,
	/** A call that is not as the service's description says. */
	CONTRACT_VIOLATION,
	/** A body over the limit. */
	BODY_TOO_LARGE,
	/** Headers over the limit, in size or number. */
	HEADERS_TOO_LARGE,
	/** A request line over the limit. */
	ADDRESS_TOO_LONG,
	/** A request that took too long to come in. */
	REQUEST_TIMEOUT,
	/** An {@code Expect} header that asks for something else than to go on. */
	EXPECTATION_FAILED,
	/** A subscription without a topic. */
	TOPIC_MISSING,
	/** No such file in the bundle. */
	UNKNOWN_FILE,
	/** A file that is not what was published. */
	FILE_DAMAGED,
	/** The registry is away, and the answer is not kept here. */
	REGISTRY_UNAVAILABLE,
	/** Nothing at this path. */
	NOT_FOUND,
	/** A request that could not be read. */
	BAD_REQUEST,
	/** A fault of ours. */
	INTERNAL;

	/** Name as it stands after {@code /problems/}. */
	public String type() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
