package dev.pergola.bridge.run;

import org.jspecify.annotations.Nullable;

/**
 * Who a run is for.
 *
 * @param principal Person, or service.
 * @param team Team that owns the agent; empty where not known.
 * @param tenant Customer whose data is kept apart; empty where there is one only.
 * @param traceparent W3C trace context of the request.
 */
public record Caller(String principal, String team, String tenant, @Nullable String traceparent) {

	/** Tells this person from all others, of other tenants, too. */
	String person() {
		return this.tenant + "\n" + this.principal;
	}

}
