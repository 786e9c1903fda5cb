package dev.pergola.bff.direct;

import dev.pergola.bff.limits.Limits;
import dev.pergola.bff.limits.Party;
import dev.pergola.bff.problem.BffException;
import dev.pergola.bff.resilience.Permit;
import dev.pergola.bff.routing.ModuleRoute;
import dev.pergola.session.KnownSession;
import org.jspecify.annotations.Nullable;

/**
 * A call that may go directly.
 *
 * @param sessionId value of the session cookie
 * @param isStream whether the client asks for a stream by its name
 * @param uri path and query at the upstream, as the client wrote them
 * @param path path of the request, as the client wrote it
 * @param host value of the client's {@code Host}
 * @param traceparent header of that name
 * @param tracestate header of that name
 */
record DirectCall(ModuleRoute route, KnownSession session, String sessionId, boolean isStream, String uri, String path,
		String host, @Nullable String traceparent, @Nullable String tracestate) {

	/** Tells the person from all others, also from one of the same name elsewhere. */
	String person() {
		return this.session.issuer() + "|" + this.session.principal().subject();
	}

	/**
	 * Counts the call, and has it pass its upstream's guard.
	 * @throws BffException when it cannot be made now
	 */
	Permit admit(Limits limits) {
		limits.take(new Party(person(), this.session.principal().tenant(), null), this.route.module());
		return this.route.guard().admit(this.route.timeout());
	}

}
